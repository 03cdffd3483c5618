import { describe, expect, test } from "vitest";
import { csvLine } from "./csv";

describe("csvLine", () => {
  test("quotes what holds a comma, a quote or a line break", () => {
    expect(csvLine(["plain", "a,b", 'say "so"', "two\nlines", null])).toBe('plain,"a,b","say ""so""","two\nlines",\r\n');
  });

  test.each(["=1+1", "+86******89", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1", "\u200b=1", "|calc"])(
    "a spreadsheet takes %j for text",
    (cell) => {
      expect(csvLine([cell]).replace(/^"/, "").startsWith("'")).toBe(true);
    },
  );

  test.each(["a=b", "2026-01-01T00:00:00.000Z", "j***@example.com", '{"a":1}'])("%j stays as it is", (cell) => {
    expect(csvLine([cell])).not.toContain("'");
  });
});

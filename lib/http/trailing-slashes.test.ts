import { describe, expect, it } from "vitest";
import { withoutTrailingSlashes } from "./trailing-slashes";

describe("slashes behind a path", () => {
  it.each([
    ["/x/", "/x"],
    ["/x//", "/x"],
    ["/x/y", "/x/y"],
    ["//", ""],
    ["", ""],
  ])("%s without them: %s", (path, expected) => {
    expect(withoutTrailingSlashes(path)).toBe(expected);
  });

  it("a long row of them takes no time", () => {
    const row = "/".repeat(300_000);
    expect([withoutTrailingSlashes(`${row}x`).length, withoutTrailingSlashes(row)]).toEqual([row.length + 1, ""]);
  });
});

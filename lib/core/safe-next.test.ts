import { describe, expect, test } from "vitest";
import { HOME, safeNext } from "@/lib/core/safe-next";

describe("safeNext", () => {
  test.each(["/members", "/members?q=a#b", "/invitation/abc", "/"])("%s is ours", (next) => {
    expect(safeNext(next)).toBe(next);
  });

  test.each([
    undefined,
    "",
    "members",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "///",
    "/%",
  ])("%s leads home or stays here", (next) => {
    const place = new URL(safeNext(next), "http://here.example");
    expect(place.origin).toBe("http://here.example");
    expect(safeNext(next).startsWith("//")).toBe(false);
  });

  test("what leads elsewhere leads home", () => {
    expect(safeNext("//evil.example")).toBe(HOME);
    expect(safeNext("/\\evil.example")).toBe(HOME);
    expect(safeNext("/.//evil.example")).toBe(HOME);
  });
});

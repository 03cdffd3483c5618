import { describe, expect, test } from "vitest";
import { isLocale, LOCALE_NAMES, LOCALES, matchLocale } from "@/lib/i18n/locales";

describe("matchLocale", () => {
  test.each([
    ["en", "en"],
    ["zh", "zh"],
    ["zh-CN", "zh"],
    ["zh-SG", "zh"],
    ["zh-Hans-TW", "zh"],
    ["zh-TW", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["zh-MO", "zh-Hant"],
    ["zh-Hant", "zh-Hant"],
    ["zh-hant-cn", "zh-Hant"],
    ["ja-JP", "ja"],
    ["vi-VN,vi;q=0.9,en;q=0.8", "vi"],
    ["de-DE,de;q=0.9,ja;q=0.5,vi;q=0.6", "vi"],
    ["en;q=0.5, ja;q=0.9", "ja"],
    ["ja;q=0, vi", "vi"],
    ["ja;q=0.8,vi;q=0.8", "ja"],
    ["ja;q=2,vi;q=0.1", "vi"],
    ["JA;Q=0.7", "ja"],
    ["fr, *;q=0.5", "en"],
    ["", "en"],
    ["de", "en"],
    [";;,,=q", "en"],
    ["not a tag,ja", "ja"],
    [null, "en"],
    [undefined, "en"],
  ])("%s is read as %s", (header, locale) => {
    expect(matchLocale(header)).toBe(locale);
  });

  test("an institution's own default stands where nothing matches", () => {
    expect(matchLocale("de,*;q=0.1", "ja")).toBe("ja");
    expect(matchLocale(undefined, "vi")).toBe("vi");
  });

  test("a header of any length is read in bounded work", () => {
    expect(matchLocale(`${"de,".repeat(100_000)}ja`)).toBe("en");
  });
});

test("the five locales have names, and nothing else is one", () => {
  expect(Object.keys(LOCALE_NAMES)).toEqual([...LOCALES]);
  expect(LOCALES.every(isLocale)).toBe(true);
  for (const other of ["EN", "zh-TW", "toString", "", null, 3]) expect(isLocale(other)).toBe(false);
});

import { describe, expect, test } from "vitest";
import { maskPhone, parsePhoneNumber } from "@/lib/core/phone-number";

function outcome(input: string, country?: string) {
  const result = parsePhoneNumber(input, country);
  return result.ok ? result.value.e164 : result.reason;
}

describe("parsePhoneNumber", () => {
  test("R39: a number is stored as E.164 and shown in both spellings", () => {
    expect(parsePhoneNumber("090-1234-5678", "JP")).toEqual({
      ok: true,
      value: {
        e164: "+819012345678",
        country: "JP",
        national: "090-1234-5678",
        international: "+81 90 1234 5678",
        type: "MOBILE",
      },
    });
  });

  test.each([
    ["+86 138 0013 8000", undefined, "+8613800138000"],
    ["13800138000", "CN", "+8613800138000"],
    ["0912 345 678", "TW", "+886912345678"],
    ["0912 345 678", "VN", "+84912345678"],
    ["(202) 456-1111", "US", "+12024561111"],
    ["+1 202.456.1111", "JP", "+12024561111"],
    ["00 81 90 1234 5678", "DE", "+819012345678"],
    ["+49 (0)151 23456789", undefined, "+4915123456789"],
    ["  +819012345678\u00a0", undefined, "+819012345678"],
    ["\u202a+819012345678\u202c", undefined, "+819012345678"],
  ])("R39: %s in %s is %s", (input, country, e164) => {
    expect(outcome(input, country)).toBe(e164);
  });

  test.each([
    ["０９０－１２３４－５６７８", "JP", "+819012345678"],
    ["０９０ー１２３４ー５６７８", "JP", "+819012345678"],
    ["＋８１（９０）１２３４　５６７８", undefined, "+819012345678"],
    ["٠١٠٠١٢٣٤٥٦٧", "EG", "+201001234567"],
    ["۰۹۱۲۳۴۵۶۷۸۹", "IR", "+989123456789"],
  ])("R39: digits that are not ASCII are mapped first: %s", (input, country, e164) => {
    expect(outcome(input, country)).toBe(e164);
  });

  test.each([
    ["+1 202 456 1111 ext. 5"],
    ["+1 202 456 1111 x5"],
    ["+1 202 456 1111;ext=5"],
    ["+1 202 456 1111 #5"],
    ["+1 202 456 1111,,5"],
    ["03-1234-5678 内線12"],
    ["＋１ 202 456 1111 ＃5"],
  ])("R39: an extension is refused: %s", (input) => {
    expect(outcome(input, "US")).toBe("extension");
  });

  test.each([
    ["", "JP", "empty"],
    ["\u3000", "JP", "empty"],
    ["090-1234-5678", undefined, "country_missing"],
    ["090-1234-5678", "ZZ", "country_unknown"],
    ["090-1234-5678", "jp", "country_unknown"],
    ["+999 1234 5678", undefined, "country_unknown"],
    ["1-800-FLOWERS", "US", "invalid_character"],
    ["090\n1234 5678", "JP", "invalid_character"],
    ["०९०१२३४५६७८", "JP", "invalid_character"],
    ["tel:+819012345678", undefined, "invalid_character"],
    ["+81 9", undefined, "too_short"],
    ["+81 90 1234", undefined, "too_short"],
    ["+1 202 456 1111 22", undefined, "too_long"],
    ["1", "JP", "too_short"],
    ["+81 90 1234 5678 9012 3456", undefined, "too_long"],
    ["1".repeat(100), "JP", "too_long"],
    ["+1 202 000 0000", undefined, "not_a_number"],
    ["+86 100 0013 8000", undefined, "not_a_number"],
    ["110", "JP", "too_short"],
    ["+-()", "JP", "not_a_number"],
  ])("R39: %j in %s is refused as %s", (input, country, reason) => {
    expect(outcome(input, country)).toBe(reason);
  });

  test.each([
    ["+1 900 234 5678", "PREMIUM_RATE"],
    ["+1 800 234 5678", "TOLL_FREE"],
    ["+81 70 1234 5678", "MOBILE"],
    ["+81 3 1234 5678", "FIXED_LINE"],
    ["+81 50 1234 5678", "VOIP"],
    ["+1 202 456 1111", "FIXED_LINE_OR_MOBILE"],
    ["+44 70 1234 5678", "PERSONAL_NUMBER"],
    ["+44 7640 123456", "PAGER"],
    ["+44 55 1234 5678", "UAN"],
  ])("R30: the line type of %s is told: %s", (input, type) => {
    expect(parsePhoneNumber(input)).toMatchObject({ ok: true, value: { type } });
  });

  test("R39: a number without a country has none", () => {
    expect(parsePhoneNumber("+800 1234 5678")).toMatchObject({ ok: true, value: { country: null } });
  });
});

describe("maskPhone", () => {
  test.each([
    ["+8613800138089", "+86******89"],
    ["+819012345678", "+81******78"],
    ["+12024561111", "+1******11"],
    ["+84912345678", "+84******78"],
    ["+29022222", "+290******"],
    ["+99912345678", "+******78"],
    ["090-1234-5678", "******"],
    ["", "******"],
  ])("R67: %s is masked as %s", (number, masked) => {
    expect(maskPhone(number)).toBe(masked);
  });
});

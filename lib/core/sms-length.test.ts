import { describe, expect, test } from "vitest";
import { measureSms } from "@/lib/core/sms-length";

describe("measureSms", () => {
  test.each([
    ["", "gsm7", 0],
    ["Hello @example.com #123456", "gsm7", 26],
    ["Grüße à Æ ΔΩ", "gsm7", 12],
    ["€ [x] {y} ~ | \\ ^", "gsm7", 17 + 9],
    ["line\nline", "gsm7", 9],
    ["`", "ucs2", 1],
    ["…", "ucs2", 1],
    ["mã xác minh", "ucs2", 11],
    ["验证码", "ucs2", 3],
    ["a😀", "ucs2", 3],
  ] as const)("R21: %j is %s of %d units", (text, encoding, units) => {
    expect(measureSms(text)).toMatchObject({ encoding, units });
  });

  test("R21: one message holds 160 GSM-7 or 70 UCS-2 units", () => {
    expect(measureSms("a".repeat(160)).fits).toBe(true);
    expect(measureSms("a".repeat(161)).fits).toBe(false);
    expect(measureSms(`${"a".repeat(159)}€`).fits).toBe(false);
    expect(measureSms("字".repeat(70)).fits).toBe(true);
    expect(measureSms("字".repeat(71)).fits).toBe(false);
    expect(measureSms("😀".repeat(36)).fits).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import { formatPhone, loadPhoneFormat } from "./phone-format";

const typing = { keepCountry: false };
const choosing = { keepCountry: true };

describe("a phone number as it is typed", () => {
  test.each([
    ["0912345678", "VN", "0912 345 678", undefined, "+84912345678"],
    ["+819012345678", "VN", "+81 90 1234 5678", "JP", "+819012345678"],
    ["00819012345678", "VN", "+81 90 1234 5678", "JP", "+819012345678"],
    ["０９０－１２３４－５６７８", "JP", "090-1234-5678", undefined, "+819012345678"],
    ["091", "VN", "091", undefined, undefined],
    ["", "VN", "", undefined, undefined],
  ])("%s beside %s reads %s", async (typed, beside, text, country, e164) => {
    expect(formatPhone(await loadPhoneFormat(), typed, beside, typing)).toEqual({ text, country, e164 });
  });

  test("a country that was just chosen keeps the national part of an international number", async () => {
    const result = formatPhone(await loadPhoneFormat(), "+81 90 1234 5678", "VN", choosing);
    expect(result.text).not.toContain("+");
    expect(result.text.replace(/\D/g, "")).toBe("9012345678");
    expect(result.country).toBeUndefined();
  });

  test("an unknown country is no reason to fail", async () => {
    expect(formatPhone(await loadPhoneFormat(), "+84912345678", "ZZ", typing).e164).toBe("+84912345678");
  });
});

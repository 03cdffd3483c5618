import { describe, expect, test } from "vitest";
import { measureSms } from "@/lib/core/sms-length";
import { renderText } from "@/lib/delivery/render/text";
import { LOCALES } from "@/lib/i18n/locales";

const host = "console.example.com";
const code = "012345";
const EVENTS = ["added", "changed", "verified", "deleted"] as const;

// The longest names that an institution may have, in each script, and ones that break counting by code unit.
const NAMES = [
  "A",
  "Acme",
  "W".repeat(255),
  "Bệnh viện Đa khoa Quốc tế Thành phố Hồ Chí Minh ".repeat(5).trim(),
  "東京都立多摩総合医療センター".repeat(18),
  "👩‍👩‍👧".repeat(30),
  "{}[]€".repeat(51),
  "Z\u0301\u0302\u0303".repeat(60),
];

describe.each(LOCALES)("text message in %s", (locale) => {
  test("R21: the verification reads as agreed", () => {
    expect(renderText("verify", locale, { institution: "Acme 病院", code, host, validMinutes: 10 })).toMatchSnapshot();
    expect(renderText("verify", locale, { institution: "Acme", code, host: "localhost", validMinutes: 10 })).toMatchSnapshot();
  });

  test("R21: app name first, the WebOTP line last, no link", () => {
    for (const institution of NAMES) {
      const lines = renderText("verify", locale, { institution, code, host, validMinutes: 10 }).split("\n");
      expect(lines).toHaveLength(2);
      expect(lines[0]).toMatch(/^Reachable[:：]/);
      expect(lines[0]).toContain(code);
      expect(lines[1]).toBe(`@${host} #${code}`);
      expect(lines.join()).not.toMatch(/https?:|www\./);
    }
  });

  test("R21: the longest names stay within one message of 160 GSM-7 or 70 UCS-2 units", () => {
    for (const institution of NAMES) {
      for (const somewhere of [host, "localhost", "h".repeat(40)]) {
        const text = renderText("verify", locale, { institution, code, host: somewhere, validMinutes: 10 });
        expect(measureSms(text)).toMatchObject({ fits: true });
        expect(text.endsWith(`\n@${somewhere} #${code}`)).toBe(true);
      }
      expect(measureSms(renderText("test", locale, { institution }))).toMatchObject({ fits: true });
      for (const event of EVENTS) {
        for (const maskedAddress of ["+86******89", `j***@${"x".repeat(200)}.example`, "ｊ***@例え.テスト"]) {
          const text = renderText("notice", locale, { institution, event, maskedAddress });
          expect(measureSms(text)).toMatchObject({ fits: true });
        }
      }
    }
  });

  test("R21: a host too long for one message costs its line, not the code", () => {
    const text = renderText("verify", locale, { institution: "Acme", code, host: "h".repeat(200), validMinutes: 10 });
    expect(measureSms(text).fits).toBe(true);
    expect(text).toContain(code);
    expect(text).not.toContain("\n");
  });

  test.each(EVENTS)("R20: the notice tells that one was %s, masked", (event) => {
    const data = { institution: "Acme", event, maskedAddress: "j***@example.com" };
    expect(renderText("notice", locale, data)).toMatchSnapshot();
  });

  test("the test message reads as agreed", () => {
    expect(renderText("test", locale, { institution: "Acme" })).toMatchSnapshot();
  });
});

test("R21: a cut name ends with an ellipsis of the message's own alphabet", () => {
  const latin = renderText("verify", "en", { institution: "W".repeat(255), code, host, validMinutes: 10 });
  expect(latin).toContain("W...");
  expect(measureSms(latin)).toMatchObject({ encoding: "gsm7", units: 160 });
  const wide = renderText("verify", "ja", { institution: "病".repeat(255), code, host, validMinutes: 10 });
  expect(wide).toContain("病…");
  expect(measureSms(wide)).toMatchObject({ encoding: "ucs2", units: 70 });
});

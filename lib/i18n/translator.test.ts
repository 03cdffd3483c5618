import { describe, expect, test } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";
import { loadNamespace, translate, translatorFor } from "@/lib/i18n/translator";

describe("translatorFor", () => {
  test.each(LOCALES)("%s has its words outside a page", async (locale) => {
    const t = await translatorFor(locale, "mail");
    const institution = "Acme {x} <b>";
    const { footer } = await loadNamespace(locale, "mail");
    expect(footer).toHaveProperty("institution");
    expect(t("footer.institution", { institution })).toContain(institution);
  });

  test("a language that is not ours reads English", async () => {
    const t = await translatorFor("de", "mail");
    expect(t("verify.heading")).toBe("Verify your email address");
  });

  test("words are loaded once", () => {
    expect(translatorFor("ja", "mail")).toBe(translatorFor("ja", "mail"));
  });

  test("a namespace that does not exist is an error, every time", async () => {
    await expect(translatorFor("en", "nowhere")).rejects.toThrow();
    await expect(translatorFor("en", "nowhere")).rejects.toThrow();
  });
});

test("plurals follow the language", () => {
  const messages = { hours: "{count, plural, one {# hour} other {# hours}}" };
  const t = translate("en", messages);
  expect([t("hours", { count: 1 }), t("hours", { count: 1000 })]).toEqual(["1 hour", "1,000 hours"]);
});

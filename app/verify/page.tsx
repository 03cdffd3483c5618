import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { setLanguageAction } from "@/app/(console)/actions";
import { submitPublicCodeAction } from "@/app/verify/actions";
import { ActionForm } from "@/components/form/action-form";
import { CodeField } from "@/components/form/fields";
import { phoneCountries } from "@/components/form/phone-countries";
import { PhoneField } from "@/components/form/phone-field";
import { SubmitButton } from "@/components/form/submit-button";
import { AuthFrame } from "@/components/shell/auth-frame";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("verify"))("public.title"), robots: { index: false } };
}

/** The likeliest country of a reader, for a number typed without one. */
const COUNTRY_OF_LOCALE: Record<string, string> = { en: "US", zh: "CN", "zh-Hant": "TW", ja: "JP", vi: "VN" };

/** For someone without an account who was sent a text with a code. */
export default async function PublicCodePage() {
  const [t, locale] = await Promise.all([getTranslations("verify"), getLocale()]);
  return (
    <AuthFrame
      title={t("public.title")}
      description={t("public.description")}
      language={{ locale, locales: LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] })), action: setLanguageAction }}
    >
      <ActionForm action={submitPublicCodeAction} label={t("public.title")} resetOnSuccess>
        <PhoneField
          name="number"
          label={t("public.number")}
          countries={phoneCountries(locale)}
          defaultCountry={COUNTRY_OF_LOCALE[locale] ?? "US"}
          required
        />
        <CodeField name="code" label={t("public.code")} required />
        <SubmitButton size="lg" wide>
          {t("public.submit")}
        </SubmitButton>
      </ActionForm>
    </AuthFrame>
  );
}

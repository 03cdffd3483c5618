import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AuthPage } from "@/app/(auth)/auth-page";
import { ActionForm } from "@/components/form/action-form";
import { PasswordField, SelectField, TextField } from "@/components/form/fields";
import { phoneCountries } from "@/components/form/phone-countries";
import { SubmitButton } from "@/components/form/submit-button";
import { single } from "@/lib/actions/page";
import { currentContext } from "@/lib/auth/session";
import { likelyCountry } from "@/lib/core/countries";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";
import { getSetup } from "@/lib/services/setup/get-setup";
import { setupAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("setup.title") };
}

export default async function SetupPage({ searchParams }: Props) {
  const [t, locale, ctx, query] = await Promise.all([getTranslations("auth"), getLocale(), currentContext(), searchParams]);
  const token = (single(query.token) ?? "").slice(0, 100);
  const state = await getSetup(ctx, { token });
  if (state === "done") {
    notFound();
  }
  if (state === "locked") {
    return (
      <AuthPage title={t("setup.lockedTitle")}>
        <p>{t("setup.lockedDescription")}</p>
        <p className="mt-3 text-ink-muted">
          {t.rich("setup.lockedCommand", { command: () => <code className="font-mono text-ink">npm run setup-link</code> })}
        </p>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t("setup.title")} description={t("setup.description")} size="md">
      <ActionForm action={setupAction} label={t("setup.title")}>
        <input type="hidden" name="token" value={token} />
        <fieldset className="grid gap-4">
          <legend className="mb-3 font-semibold text-md">{t("setup.institution")}</legend>
          <TextField name="institutionName" label={t("setup.institutionName")} autoComplete="organization" maxLength={100} required />
          <SelectField
            name="defaultCountry"
            label={t("setup.country")}
            hint={t("setup.countryHint")}
            defaultValue={likelyCountry(locale)}
            options={phoneCountries(locale).map(([value, , label]) => ({ value, label }))}
            required
          />
          <SelectField
            name="defaultLocale"
            label={t("setup.language")}
            hint={t("setup.languageHint")}
            defaultValue={locale}
            options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
            required
          />
        </fieldset>
        <fieldset className="mt-2 grid gap-4">
          <legend className="mb-3 font-semibold text-md">{t("setup.owner")}</legend>
          <TextField name="name" label={t("field.name")} autoComplete="name" maxLength={100} required />
          <TextField
            name="email"
            type="email"
            inputMode="email"
            label={t("field.email")}
            hint={t("setup.emailHint")}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={320}
            required
          />
          <PasswordField
            name="password"
            label={t("field.password")}
            hint={t("field.passwordHint")}
            autoComplete="new-password"
            minLength={15}
            required
          />
        </fieldset>
        <SubmitButton wide>{t("setup.submit")}</SubmitButton>
      </ActionForm>
    </AuthPage>
  );
}

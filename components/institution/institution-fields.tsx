import { useLocale, useTranslations } from "next-intl";
import { CheckboxField, SelectField, TextField } from "@/components/form/fields";
import { phoneCountries } from "@/components/form/phone-countries";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";

export type InstitutionValues = { name: string; defaultCountry: string; defaultLocale: string; locales: readonly string[] };

/** What an institution is made of, for the page that makes one and the page that changes one. */
export function InstitutionFields({ values }: { values: InstitutionValues }) {
  const t = useTranslations("institution");
  const locale = useLocale();
  return (
    <>
      <TextField
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        defaultValue={values.name}
        maxLength={100}
        autoComplete="organization"
        required
      />
      <SelectField
        name="defaultCountry"
        label={t("country")}
        hint={t("countryHint")}
        defaultValue={values.defaultCountry}
        options={phoneCountries(locale).map(([value, , label]) => ({ value, label }))}
        required
      />
      <SelectField
        name="defaultLocale"
        label={t("language")}
        hint={t("languageHint")}
        defaultValue={values.defaultLocale}
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        required
      />
      <fieldset>
        <legend className="font-medium text-sm">{t("languages")}</legend>
        <p className="mb-1 text-ink-muted text-sm">{t("languagesHint")}</p>
        {LOCALES.map((value) => (
          <CheckboxField
            key={value}
            name={`locales.${value}`}
            label={<span lang={value}>{LOCALE_NAMES[value]}</span>}
            defaultChecked={values.locales.includes(value)}
          />
        ))}
      </fieldset>
    </>
  );
}

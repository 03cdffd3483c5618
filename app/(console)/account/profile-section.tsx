import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioField, SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";
import type { AccountDto } from "@/lib/services/account/get-account";
import { updateProfileAction } from "./actions";

export function ProfileSection({ account }: { account: AccountDto }) {
  const t = useTranslations("account");
  const languages = [
    { value: "browser", label: t("profile.languageOfBrowser") },
    ...LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] })),
  ];
  return (
    <Section title={t("profile.title")}>
      {/* the keys: what was chosen elsewhere, in the menu for one, must show here too */}
      <ActionForm action={updateProfileAction} label={t("profile.title")} className="max-w-form">
        <TextField
          key={`name ${account.name}`}
          name="name"
          label={t("profile.name")}
          hint={t("profile.nameHint")}
          defaultValue={account.name}
          autoComplete="name"
          maxLength={100}
          required
        />
        <SelectField
          key={`locale ${account.locale}`}
          name="locale"
          label={t("profile.language")}
          hint={t("profile.languageHint")}
          defaultValue={account.locale ?? "browser"}
          options={languages}
          required
        />
        <RadioField
          key={`theme ${account.theme}`}
          name="theme"
          legend={t("profile.theme")}
          defaultValue={account.theme}
          options={[
            { value: "system", label: t("profile.themeSystem") },
            { value: "light", label: t("profile.themeLight") },
            { value: "dark", label: t("profile.themeDark") },
          ]}
        />
        <div>
          <SubmitButton>{t("profile.save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { SelectField, TextField } from "@/components/form/fields";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";

type Props = { subscriber?: { externalId: string; name: string | null; locale: string | null } };

/** The fields of a subscriber, for adding and for changing one. */
export function SubscriberFields({ subscriber }: Props) {
  const t = useTranslations("subscribers");
  return (
    <>
      <TextField
        name="externalId"
        label={t("field.externalId")}
        hint={t("field.externalIdHint")}
        defaultValue={subscriber?.externalId}
        required
        maxLength={255}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField name="name" label={t("field.name")} defaultValue={subscriber?.name ?? ""} maxLength={100} autoComplete="off" />
      <SelectField
        name="locale"
        label={t("field.language")}
        hint={t("field.languageHint")}
        placeholder={t("defaultLanguage")}
        defaultValue={subscriber?.locale ?? ""}
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
      />
    </>
  );
}

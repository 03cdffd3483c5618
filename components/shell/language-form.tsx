import { useTranslations } from "next-intl";
import { LanguageSelect } from "./language-select";
import type { FormDataAction } from "./user-menu";

export type LanguageFormProps = {
  locale: string;
  /** Each in its own words: { value: "ja", label: "日本語" }. */
  locales: readonly { value: string; label: string }[];
  /** Takes `locale`. */
  action: FormDataAction;
  /** In one line without its label in sight, for the foot of a page. */
  compact?: boolean | undefined;
};

export function LanguageForm(props: LanguageFormProps) {
  const t = useTranslations("shell");
  return <LanguageSelect {...props} label={t("language.label")} applyLabel={t("language.apply")} />;
}

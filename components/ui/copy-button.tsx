import { useTranslations } from "next-intl";
import { CopyButtonClient } from "./copy-button-client";

/** Copies `value`; `what` names it for those who cannot see what stands beside it. */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const t = useTranslations("ui");
  return <CopyButtonClient value={value} label={t("copy.label", { what })} done={t("copy.done", { what })} />;
}

import { getTranslations } from "next-intl/server";
import type { EditorLabels } from "@/components/senders/sender-editor";

const SLIPS = ["host_is_email", "host_is_url", "host_with_port", "host_invalid"] as const;

/** The words of the form, made on the server: the browser has no translator. */
export async function editorLabels(purpose: "add" | "save", provider: string): Promise<EditorLabels> {
  const [t, errors] = await Promise.all([getTranslations("senders"), getTranslations("errors.field")]);
  return {
    account: provider === "smtp" ? t("group.account") : t("group.provider"),
    sender: t("group.sender"),
    more: t("group.more"),
    moreOfSender: t("group.moreOfSender"),
    submit: purpose === "add" ? t("new.submit") : t("save"),
    region: t("new.region"),
    pasted: t("new.pasted"),
    slips: Object.fromEntries(SLIPS.map((slip) => [slip, errors(slip)])),
  };
}

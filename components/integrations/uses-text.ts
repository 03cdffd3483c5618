import { getLocale, getTranslations } from "next-intl/server";

export type Uses = { senders: readonly unknown[]; numbers: number; connections: number; endpoints: number };

/** What stands on an account, in one line; null: nothing. */
export async function usesText({ senders, numbers, connections, endpoints }: Uses): Promise<string | null> {
  const [t, locale] = await Promise.all([getTranslations("integrations.uses"), getLocale()]);
  const parts = [
    ...(senders.length > 0 ? [t("senders", { count: senders.length })] : []),
    ...(numbers > 0 ? [t("numbers", { count: numbers })] : []),
    ...(connections > 0 ? [t("connections", { count: connections })] : []),
    ...(endpoints > 0 ? [t("endpoints", { count: endpoints })] : []),
  ];
  return parts.length === 0 ? null : new Intl.ListFormat(locale, { type: "conjunction" }).format(parts);
}

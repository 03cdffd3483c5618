import { getRequestConfig } from "next-intl/server";
import { currentContext } from "@/lib/auth/session";
import type { Locale } from "@/lib/i18n/locales";
import { loadAllMessages } from "@/lib/i18n/namespaces";

export default getRequestConfig(async () => {
  const { request } = await currentContext();
  const locale = request.locale as Locale;
  return { locale, messages: await loadAllMessages(locale), timeZone: "UTC" };
});

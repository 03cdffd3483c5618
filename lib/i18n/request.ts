import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { currentContext } from "@/lib/auth/session";
import type { Locale } from "@/lib/i18n/locales";
import { loadAllMessages } from "@/lib/i18n/namespaces";
import { TIME_ZONE_COOKIE, timeZoneOf } from "@/lib/i18n/time-zone";

export default getRequestConfig(async () => {
  const { request } = await currentContext();
  const locale = request.locale as Locale;
  const jar = await cookies();
  return { locale, messages: await loadAllMessages(locale), timeZone: timeZoneOf(jar.get(TIME_ZONE_COOKIE)?.value) };
});

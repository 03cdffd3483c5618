import { isLocale, type Locale, matchLocale } from "@/lib/i18n/locales";

/** What the person chose, else what this browser was told to use, else what the browser asks for. */
export function resolveLocale(from: { preferred: string | null; cookie: string | null; acceptLanguage: string | null }): Locale {
  for (const choice of [from.preferred, from.cookie]) {
    if (choice && isLocale(choice)) {
      return choice;
    }
  }
  return matchLocale(from.acceptLanguage);
}

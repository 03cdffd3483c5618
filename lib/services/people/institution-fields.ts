import { z } from "zod";
import { country, institutionName, locale } from "@/lib/services/people/fields";

/** What an institution is made of. Its messages are always written in its default language too. */
export const InstitutionFields = z.strictObject({
  name: institutionName,
  defaultCountry: country,
  defaultLocale: locale,
  locales: z
    .array(locale)
    .max(10)
    .transform((list) => [...new Set(list)]),
});

export function withDefaultLocale<T extends { defaultLocale: string; locales: string[] }>(given: T): T {
  return given.locales.includes(given.defaultLocale) ? given : { ...given, locales: [given.defaultLocale, ...given.locales] };
}

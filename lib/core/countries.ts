import { isSupportedCountry } from "libphonenumber-js/max";

/** Whether a text is the two-letter code of a country or region whose phone numbers can be read. */
export function isCountry(code: string): boolean {
  return isSupportedCountry(code);
}

/** The country where most who read a language live: a first guess, for the person to correct. */
export function likelyCountry(locale: string): string {
  return new Intl.Locale(locale).maximize().region ?? "US";
}

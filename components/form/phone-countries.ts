import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";

/** [code, dial code, name in the person's language]: a tuple, because the whole list crosses to the browser. */
export type PhoneCountry = readonly [code: string, dial: string, name: string];

const made = new Map<string, readonly PhoneCountry[]>();

/** For server components: browsers and servers name countries differently, so the names are made once, here. */
export function phoneCountries(locale: string): readonly PhoneCountry[] {
  const known = made.get(locale);
  if (known) return known;
  const names = new Intl.DisplayNames([locale, "en"], { type: "region" });
  const { compare } = new Intl.Collator(locale);
  const countries = getCountries()
    .map((code): PhoneCountry => [code, getCountryCallingCode(code), names.of(code) ?? code])
    .sort((one, other) => compare(one[2], other[2]));
  made.set(locale, countries);
  return countries;
}

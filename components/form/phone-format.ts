import type { AsYouType, CountryCode } from "libphonenumber-js/min";

type PhoneFormat = { AsYouType: typeof AsYouType; isSupportedCountry: (code: string) => boolean };

let loading: Promise<PhoneFormat> | undefined;

/** Some 80 kB that only a person at a phone field needs. */
export function loadPhoneFormat(): Promise<PhoneFormat> {
  loading ??= import("libphonenumber-js/min");
  return loading;
}

export type FormattedPhone = { text: string; country: string | undefined; e164: string | undefined };

/** Formats what stands in the field; a number that begins with + tells its own country, unless one was just chosen. */
export function formatPhone(
  format: PhoneFormat,
  typed: string,
  country: string,
  { keepCountry }: { keepCountry: boolean },
): FormattedPhone {
  const plain = typed
    .normalize("NFKC")
    .replace(/^\s*00(?=[1-9])/, "+")
    .trimStart();
  const chosen = format.isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const own = new format.AsYouType(chosen);
  const text = own.input(plain);
  if (keepCountry && plain.startsWith("+") && own.getCountry() !== chosen) {
    return formatPhone(format, own.getNumber()?.nationalNumber ?? "", country, { keepCountry });
  }
  const number = own.getNumber();
  return {
    text,
    country: plain.startsWith("+") ? own.getCountry() : undefined,
    e164: number?.isPossible() ? number.number : undefined,
  };
}

import { phonePlace } from "@/lib/core/phone-number";

/** Where a text goes, as limits and figures count it. */
export interface Destination {
  /** ISO 3166-1; ZZ for numbers that belong to no country. */
  country: string;
  dialCode: string;
}

export function destinationOf(e164: string): Destination {
  const { country, dialCode } = phonePlace(e164);
  return { country: country ?? "ZZ", dialCode };
}

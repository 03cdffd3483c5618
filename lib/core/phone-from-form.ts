import { parsePhoneNumber } from "@/lib/core/phone-number";

/** What a phone field posts, the number as typed and the country that was picked, as one text; E.164 where it can be read. */
export function phoneFromForm(typed: string, country: string): string {
  const parsed = parsePhoneNumber(typed, country || undefined);
  return parsed.ok ? parsed.value.e164 : typed;
}

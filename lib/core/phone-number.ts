import {
  type CountryCode,
  isSupportedCountry,
  ParseError,
  type PhoneNumber,
  type PhoneNumberType,
  parsePhoneNumberWithError,
  validatePhoneNumberLength,
} from "libphonenumber-js/max";

export const PHONE_REASONS = [
  "empty",
  "invalid_character",
  "extension",
  "country_missing",
  "country_unknown",
  "too_short",
  "too_long",
  "not_a_number",
] as const;

export type PhoneReason = (typeof PHONE_REASONS)[number];
export type PhoneType = PhoneNumberType;

export type Phone = {
  e164: string;
  /** Null for numbers that belong to no country, such as +800. */
  country: CountryCode | null;
  national: string;
  international: string;
  /** Undefined where the country's numbering plan does not tell. */
  type: PhoneType | undefined;
};

export type PhoneResult = { ok: true; value: Phone } | { ok: false; reason: PhoneReason };

const MAX_INPUT_LENGTH = 64;
export const E164 = /^\+[1-9]\d{6,14}$/;
const EXTENSION = /[;,#*~]|(?:ext|x|доб|內線|内线|内線|máy lẻ)/iu;
const WRITTEN_NUMBER = /^\+?[\d ()./-]+$/;
const MASK = "******";
const SHOWN_DIGITS = 2;
// Below this the two shown digits would be a good part of the number.
const SHORTEST_SHOWN = 6;

/** Accepts national or international spelling; the line type is reported, and refusing one is the caller's rule. */
export function parsePhoneNumber(input: string, defaultCountry?: string): PhoneResult {
  if (input.length > MAX_INPUT_LENGTH) return refuse("too_long");
  const text = toAscii(input).trim();
  if (text === "") return refuse("empty");
  if (EXTENSION.test(text)) return refuse("extension");
  if (!WRITTEN_NUMBER.test(text)) return refuse("invalid_character");
  if (defaultCountry !== undefined && !isSupportedCountry(defaultCountry)) return refuse("country_unknown");
  try {
    const parsed = parsePhoneNumberWithError(text, {
      ...(defaultCountry === undefined ? {} : { defaultCountry }),
      extract: false,
    });
    return check(parsed);
  } catch (error) {
    if (error instanceof ParseError) return refuse(reasonFor(error.message, text));
    throw error;
  }
}

/** Where a canonical number is: its country, null for the likes of +800, and what is dialled for it. */
export function phonePlace(e164: string): { country: CountryCode | null; dialCode: string } {
  const parsed = parsePhoneNumberWithError(e164);
  return { country: parsed.country ?? null, dialCode: parsed.countryCallingCode };
}

/** `+86******89`: dial code and last two digits, always six stars. */
export function maskPhone(e164: string): string {
  if (!E164.test(e164)) return MASK;
  try {
    const { countryCallingCode, nationalNumber } = parsePhoneNumberWithError(e164);
    const shown = nationalNumber.length >= SHORTEST_SHOWN ? nationalNumber.slice(-SHOWN_DIGITS) : "";
    return `+${countryCallingCode}${MASK}${shown}`;
  } catch (error) {
    if (error instanceof ParseError) return `+${MASK}${e164.slice(-SHOWN_DIGITS)}`;
    throw error;
  }
}

function check(parsed: PhoneNumber): PhoneResult {
  if (parsed.ext !== undefined) return refuse("extension");
  if (!parsed.isPossible()) return refuse(reasonFor(validatePhoneNumberLength(parsed.number) ?? "", parsed.number));
  if (!parsed.isValid()) return refuse("not_a_number");
  if (!E164.test(parsed.number)) return refuse("not_a_number");
  return {
    ok: true,
    value: {
      e164: parsed.number,
      country: parsed.country ?? null,
      national: parsed.formatNational(),
      international: parsed.formatInternational(),
      type: parsed.getType(),
    },
  };
}

function reasonFor(code: string, text: string): PhoneReason {
  if (code === "TOO_SHORT") return "too_short";
  if (code === "TOO_LONG") return "too_long";
  if (code === "INVALID_COUNTRY") return text.startsWith("+") ? "country_unknown" : "country_missing";
  return "not_a_number";
}

// Digits of keyboards and input methods, and the marks people write between them.
function toAscii(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => shift(wide, 0xff01, 0x21))
    .replace(/[\u0660-\u0669]/g, (digit) => shift(digit, 0x660, 0x30))
    .replace(/[\u06f0-\u06f9]/g, (digit) => shift(digit, 0x6f0, 0x30))
    .replace(/[\u2010-\u2015\u2212\u30fc\uff70]/g, "-")
    .replace(/\p{Zs}/gu, " ")
    .replace(/^[\u202a\u202c\u2066-\u2069\u200e]+|[\u202a\u202c\u2066-\u2069\u200e]+$/g, "");
}

function shift(character: string, from: number, to: number): string {
  return String.fromCharCode(character.charCodeAt(0) - from + to);
}

function refuse(reason: PhoneReason): { ok: false; reason: PhoneReason } {
  return { ok: false, reason };
}

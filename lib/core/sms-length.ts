export type SmsLength = { encoding: "gsm7" | "ucs2"; units: number; limit: number; fits: boolean };

// 3GPP TS 23.038: the default alphabet, and the characters that cost an escape and a septet.
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";
const GSM7_UNITS = new Map([
  ...Array.from(BASIC, (character) => [character, 1] as const),
  ...Array.from(EXTENDED, (character) => [character, 2] as const),
]);

const GSM7_LIMIT = 160;
const UCS2_LIMIT = 70;

/** How much of one text message this text takes, without concatenation. */
export function measureSms(text: string): SmsLength {
  let units = 0;
  for (const character of text) {
    const cost = GSM7_UNITS.get(character);
    if (cost === undefined) return result("ucs2", text.length, UCS2_LIMIT);
    units += cost;
  }
  return result("gsm7", units, GSM7_LIMIT);
}

function result(encoding: SmsLength["encoding"], units: number, limit: number): SmsLength {
  return { encoding, units, limit, fits: units <= limit };
}

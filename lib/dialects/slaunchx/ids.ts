import { isId } from "@/lib/core/ids";

const PREFIXES = { channel: "ch_", institution: "inst_", user: "user_", channelType: "ct_" } as const;
export type BizKind = keyof typeof PREFIXES;

/** 128 bits in base 36, always as many characters. */
const [BASE, LENGTH, BIG_BASE] = [36, 25, 36n] as const;
const DIGITS = new RegExp(`^[0-9a-z]{${LENGTH}}$`);

/** One of our ids as this API writes it: every id has one such name, and no other. */
export function toBizId(kind: BizKind, id: string): string {
  const number = BigInt(`0x${id.replaceAll("-", "")}`);
  return PREFIXES[kind] + number.toString(BASE).padStart(LENGTH, "0");
}

/** The id behind such a name; null for whatever we would not have written. */
export function fromBizId(kind: BizKind, bizId: string): string | null {
  const prefix = PREFIXES[kind];
  const digits = bizId.slice(prefix.length);
  if (!bizId.startsWith(prefix) || !DIGITS.test(digits)) {
    return null;
  }
  let number = 0n;
  for (const digit of digits) {
    number = number * BIG_BASE + BigInt(Number.parseInt(digit, BASE));
  }
  const hex = number.toString(16).padStart(32, "0");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return isId(id) ? id : null;
}

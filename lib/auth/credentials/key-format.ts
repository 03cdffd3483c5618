import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_BYTES = 32;
/** 32 bytes in base62, and a CRC32 in base62 behind them (R52). */
const [RANDOM_LENGTH, CHECK_LENGTH] = [43, 6];
const PREFIX_LENGTH = 12;
const KEY = new RegExp(`^(?:sk|pk)_[0-9A-Za-z]{${RANDOM_LENGTH + CHECK_LENGTH}}$`);

export type KeyKind = "secret" | "public";

export interface NewKey {
  /** Shown once and kept nowhere. */
  key: string;
  /** What finds it again: `sk_` and the first characters. */
  prefix: string;
  last4: string;
  hash: Buffer;
}

export function newKey(kind: KeyKind): NewKey {
  const body = `${kind === "secret" ? "sk" : "pk"}_${base62(BigInt(`0x${randomBytes(RANDOM_BYTES).toString("hex")}`), RANDOM_LENGTH)}`;
  const key = body + checkOf(body);
  return { key, prefix: prefixOf(key), last4: key.slice(-4), hash: hashKey(key) };
}

/** Whether a text can be a key at all; what fails here costs no query. */
export function isKey(text: string): boolean {
  return KEY.test(text) && checkOf(text.slice(0, -CHECK_LENGTH)) === text.slice(-CHECK_LENGTH);
}

export function prefixOf(key: string): string {
  return key.slice(0, 3 + PREFIX_LENGTH);
}

export function hashKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

function checkOf(body: string): string {
  return base62(BigInt(crc32(body)), CHECK_LENGTH);
}

function base62(number: bigint, length: number): string {
  let text = "";
  for (let rest = number; text.length < length; rest /= 62n) {
    text = ALPHABET[Number(rest % 62n)] + text;
  }
  return text;
}

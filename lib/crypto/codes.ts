import { createHmac, randomInt, timingSafeEqual } from "node:crypto";
import { frame } from "./frame";
import { findKey, type Key, type Keyring } from "./keyring";

const CODE_DIGITS = 6;
const CODE = new RegExp(`^[0-9]{${CODE_DIGITS}}$`);
const MAX_TYPED_LENGTH = 32;

/** What a code proves: control of one version of one address in one institution. */
export type CodeSubject = {
  readonly institutionId: string;
  readonly contactPointId: string;
  readonly addressVersion: number;
  readonly code: string;
};

export type CodeHash = { readonly kid: string; readonly hash: Buffer<ArrayBuffer> };

export function newCode(): string {
  return String(randomInt(0, 10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0");
}

/** Takes what a person types or pastes: full-width digits, spaces and hyphens are fine. */
export function readCode(typed: string): string | null {
  if (typed.length > MAX_TYPED_LENGTH) {
    return null;
  }
  const code = typed.normalize("NFKC").replace(/[\s\p{Dash_Punctuation}]/gu, "");
  return CODE.test(code) ? code : null;
}

export function hashCode(peppers: Keyring, subject: CodeSubject): CodeHash {
  return { kid: peppers.current.kid, hash: hmac(peppers.current, subject) };
}

export function verifyCode(peppers: Keyring, kid: string, subject: CodeSubject, hash: Uint8Array): boolean {
  const pepper = findKey(peppers, kid);
  const expected = hmac(pepper ?? peppers.current, subject);
  const stored = hash.length === expected.length ? hash : Buffer.alloc(expected.length);
  const equal = timingSafeEqual(expected, stored);
  return equal && pepper !== undefined;
}

function hmac(pepper: Key, subject: CodeSubject): Buffer<ArrayBuffer> {
  const { institutionId, contactPointId, addressVersion, code } = subject;
  const message = frame("reachable.code.v1", [institutionId, contactPointId, String(addressVersion), code]);
  return createHmac("sha256", pepper.key).update(message).digest();
}

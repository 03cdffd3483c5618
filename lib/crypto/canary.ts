import type { Keyring } from "./keyring";
import { DecryptError, open, type SealedPlace, seal, sealedKid } from "./seal";

const WORDS = "the keys are the right ones";
const PLACE: SealedPlace = { table: "canary", institutionId: null, rowId: "canary", field: "value", version: 1 };

export type CanaryCheck = { readonly ok: true; readonly toStore?: string } | { readonly ok: false; readonly kid: string | null };

/**
 * The stored value holds one sealed line for every key that has ever written, until a rewrap.
 * So a key that is missing is noticed at the start, whichever way it went missing.
 */
export function checkCanary(keyring: Keyring, stored: string | null): CanaryCheck {
  const lines = stored === null ? [] : stored.split("\n");
  for (const line of lines) {
    try {
      if (open(keyring, line, PLACE).toString("utf8") !== WORDS) {
        return { ok: false, kid: sealedKid(line) };
      }
    } catch (error) {
      if (error instanceof DecryptError) {
        return { ok: false, kid: error.kid };
      }
      throw error;
    }
  }
  if (lines.some((line) => sealedKid(line) === keyring.current.kid)) {
    return { ok: true };
  }
  return { ok: true, toStore: [...lines, freshCanary(keyring)].join("\n") };
}

/** What to store once every secret has been rewrapped: only the current key is needed from then on. */
export function freshCanary(keyring: Keyring): string {
  return seal(keyring, WORDS, PLACE);
}

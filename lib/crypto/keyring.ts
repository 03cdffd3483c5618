import { createSecretKey, type KeyObject } from "node:crypto";

const KEY_BYTES = 32;
const KID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

export type Key = { readonly kid: string; readonly key: KeyObject };

/** `current` writes; every key in `keys`, current first, can still be read. */
export type Keyring = { readonly current: Key; readonly keys: readonly Key[] };

/** Names the setting and the place in it, never what stands there. */
export class KeyringError extends Error {
  override readonly name = "KeyringError";
  constructor(
    readonly variable: string,
    reason: string,
  ) {
    super(`${variable} ${reason}`);
  }
}

const latest = new Map<string, { value: string; keyring: Keyring }>();

/** Reads `kid:base64,kid:base64`, newest first. The same text again gives the same keys. */
export function parseKeyring(value: string | undefined, variable: string): Keyring {
  const known = latest.get(variable);
  if (known !== undefined && known.value === value) {
    return known.keyring;
  }
  const keyring = readKeyring(value, variable);
  latest.set(variable, { value: value ?? "", keyring });
  return keyring;
}

function readKeyring(value: string | undefined, variable: string): Keyring {
  const entries = (value ?? "").split(",").map((entry) => entry.trim());
  if (entries.every((entry) => entry === "")) {
    throw new KeyringError(variable, "is not set: expected kid:base64, with 32 random bytes in base64");
  }
  const keys: Key[] = [];
  entries.forEach((entry, index) => {
    const key = parseEntry(entry, `entry ${index + 1}`, variable);
    if (keys.some((other) => other.kid === key.kid)) {
      throw new KeyringError(variable, `entry ${index + 1} repeats the id of an earlier key`);
    }
    keys.push(key);
  });
  const [current] = keys;
  if (current === undefined) {
    throw new KeyringError(variable, "is not set");
  }
  return { current, keys };
}

export function findKey(keyring: Keyring, kid: string): Key | undefined {
  return keyring.keys.find((key) => key.kid === kid);
}

function parseEntry(entry: string, place: string, variable: string): Key {
  const colon = entry.indexOf(":");
  if (colon < 0) {
    throw new KeyringError(variable, `${place} has no key id: expected kid:base64`);
  }
  const kid = entry.slice(0, colon);
  const encoded = entry.slice(colon + 1);
  if (!KID.test(kid)) {
    throw new KeyringError(variable, `${place} has a malformed key id: use 1-32 letters, digits, "_" or "-"`);
  }
  const bytes = BASE64.test(encoded) ? Buffer.from(encoded, "base64") : Buffer.alloc(0);
  if (bytes.length !== KEY_BYTES) {
    throw new KeyringError(variable, `${place} is not ${KEY_BYTES} bytes in base64`);
  }
  if (bytes.every((byte) => byte === 0)) {
    throw new KeyringError(variable, `${place} is all zeros: use random bytes`);
  }
  return { kid, key: createSecretKey(bytes) };
}

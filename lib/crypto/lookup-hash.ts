import { createHmac } from "node:crypto";
import { frame } from "./frame";
import type { Key, Keyring } from "./keyring";

/** Stands for an address in a key or a suppression row, so that none holds the address itself. */
export function lookupHash(peppers: Keyring, purpose: string, ...parts: readonly (string | null)[]): string {
  return keyed(peppers.current, purpose, parts);
}

/** The same under every readable pepper, for rows that outlive a rotation. */
export function lookupHashes(peppers: Keyring, purpose: string, ...parts: readonly (string | null)[]): string[] {
  return peppers.keys.map((key) => keyed(key, purpose, parts));
}

function keyed(key: Key, purpose: string, parts: readonly (string | null)[]): string {
  const message = frame("reachable.lookup.v1", [purpose, ...parts]);
  return createHmac("sha256", key.key).update(message).digest("base64url");
}

import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";

/** The public keys of an issuer, by their ids; those without one are tried one after the other. */
export interface PublicKey {
  kid: string | null;
  key: KeyObject;
}

interface Known {
  keys: readonly PublicKey[];
  at: number;
}

const TIMEOUT_MS = 5_000;
const BYTES_MAX = 64 * 1024;
const KEYS_MAX = 50;
const FRESH_MS = 10 * 60_000;
/** A set that cannot be read anew is good for this long. */
const STALE_MS = 60 * 60_000;
/** An id that is not in the set is reason to ask again, but not for everybody who makes one up. */
const AGAIN_MS = 30_000;
/** A set that could not be read is left alone for this long: tokens that anybody makes up would else ask for it without end. */
const PAUSE_MS = 2_000;
const RSA_BITS_MIN = 2048;

const sets = new Map<string, Known>();
const asking = new Map<string, Promise<readonly PublicKey[] | null>>();
const failed = new Map<string, number>();

/** The keys at an address that the operator configured, which a token's header can choose from but never change (R53). */
export async function keySet(url: string, kid: string | null): Promise<readonly PublicKey[]> {
  const known = sets.get(url);
  const age = known ? Date.now() - known.at : Number.POSITIVE_INFINITY;
  const isMissing = kid !== null && !known?.keys.some((each) => each.kid === kid);
  if (known && age < (isMissing ? AGAIN_MS : FRESH_MS)) {
    return known.keys;
  }
  const keys = (failed.get(url) ?? 0) + PAUSE_MS > Date.now() ? null : await ask(url);
  if (keys !== null) {
    return keys;
  }
  if (known && age < STALE_MS) {
    return known.keys;
  }
  throw new AppError("unavailable");
}

/** Whoever asks at the same time gets the same answer; null: it cannot be read. */
function ask(url: string): Promise<readonly PublicKey[] | null> {
  const current = asking.get(url);
  if (current !== undefined) {
    return current;
  }
  const asked = fetchKeys(url)
    .then((keys) => {
      sets.set(url, { keys, at: Date.now() });
      failed.delete(url);
      return keys;
    })
    .catch((error) => {
      failed.set(url, Date.now());
      logger.warn({ err: error }, "the bearer issuer's keys could not be read");
      return null;
    })
    .finally(() => asking.delete(url));
  asking.set(url, asked);
  return asked;
}

async function fetchKeys(url: string): Promise<PublicKey[]> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { signal, redirect: "error", headers: { accept: "application/json" } });
  if (!response.ok) {
    throw new Error(`key set: status ${response.status}`);
  }
  const set: unknown = JSON.parse(await textOf(response));
  const listed = typeof set === "object" && set !== null && "keys" in set && Array.isArray(set.keys) ? (set.keys as unknown[]) : null;
  if (listed === null) {
    throw new Error("key set: no list of keys");
  }
  return listed.slice(0, KEYS_MAX).flatMap(toPublicKey);
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    size += read.value.byteLength;
    if (size > BYTES_MAX) {
      await reader?.cancel();
      throw new Error("key set: too large");
    }
    parts.push(read.value);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** An RSA key for signatures; all others in the set are other programs' business. */
function toPublicKey(listed: unknown): PublicKey[] {
  if (typeof listed !== "object" || listed === null) {
    return [];
  }
  const { kid, use = "sig", alg = "RS256", ...jwk } = listed as Record<string, unknown>;
  if (jwk["kty"] !== "RSA" || use !== "sig" || alg !== "RS256") {
    return [];
  }
  try {
    const { n, e } = jwk as JsonWebKey;
    const key = createPublicKey({ key: { kty: "RSA", n: String(n), e: String(e) }, format: "jwk" });
    const isLong = (key.asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN;
    return isLong ? [{ kid: typeof kid === "string" ? kid : null, key }] : [];
  } catch {
    return [];
  }
}

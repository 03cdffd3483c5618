import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";

/** Below it a key can be broken; above it each check would cost what nobody has. */
const [BITS_MIN, BITS_MAX] = [2048, 8192];
/** With an exponent of one everything is signed; with a huge one a check never ends. */
const [EXPONENT_MIN, EXPONENT_MAX] = [65_537n, 0xffff_ffffn];
const PEM = /^-----BEGIN (RSA )?PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END (RSA )?PUBLIC KEY-----$/;
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

export type PublicKeyReason = "key_private" | "key_unreadable" | "key_not_rsa" | "key_size" | "key_exponent";

export type ReadPublicKey = { ok: true; pem: string; kid: string | null } | { ok: false; reason: PublicKeyReason };

/** An RSA public key as PEM or JWK, judged and in one form. A private one is refused, since it was just given away. */
export function readPublicKey(text: string): ReadPublicKey {
  const trimmed = text.trim();
  const jwk = trimmed.startsWith("{") ? parseJwk(trimmed) : null;
  if (/PRIVATE KEY/i.test(trimmed) || (jwk && PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name)))) {
    return { ok: false, reason: "key_private" };
  }
  const key = jwk ? fromJwk(jwk) : PEM.test(trimmed) ? tryKey(() => createPublicKey(trimmed)) : null;
  if (key === null) {
    return { ok: false, reason: "key_unreadable" };
  }
  const reason = faultOf(key);
  return reason === null ? { ok: true, pem: pemOf(key), kid: typeof jwk?.["kid"] === "string" ? jwk["kid"] : null } : { ok: false, reason };
}

export function pemOf(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}

/** A name that follows from the key, for one that was given none. */
export function kidOf(pem: string): string {
  return createHash("sha256")
    .update(createPublicKey(pem).export({ type: "spki", format: "der" }))
    .digest("base64url")
    .slice(0, 22);
}

function parseJwk(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** `use` and `alg` may be left out, but not say something else. */
function fromJwk({ kty, n, e, use = "sig", alg = "RS256" }: Record<string, unknown>): KeyObject | null {
  const fits = use === "sig" && alg === "RS256" && typeof n === "string" && typeof e === "string";
  return kty === "RSA" && fits ? tryKey(() => createPublicKey({ key: { kty, n, e } as JsonWebKey, format: "jwk" })) : null;
}

function tryKey(make: () => KeyObject): KeyObject | null {
  try {
    return make();
  } catch {
    return null;
  }
}

function faultOf(key: KeyObject): PublicKeyReason | null {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== "rsa") {
    return "key_not_rsa";
  }
  if (modulusLength < BITS_MIN || modulusLength > BITS_MAX) {
    return "key_size";
  }
  return publicExponent < EXPONENT_MIN || publicExponent > EXPONENT_MAX || publicExponent % 2n === 0n ? "key_exponent" : null;
}

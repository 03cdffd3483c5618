import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { frame } from "./frame";
import { findKey, type Key, type Keyring } from "./keyring";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const DEK_BYTES = 32;
const VERSION = "v1";

/** Where a sealed value lives. It opens in that place only. */
export type SealedPlace = {
  readonly table: string;
  /** null for rows that belong to no institution. */
  readonly institutionId: string | null;
  readonly rowId: string;
  readonly field: string;
  readonly version: number;
};

export type DecryptReason = "malformed" | "unknown_key" | "refused";

export class DecryptError extends Error {
  override readonly name = "DecryptError";
  constructor(
    readonly reason: DecryptReason,
    readonly kid: string | null = null,
  ) {
    super(`A sealed value could not be opened: ${reason}`);
  }
}

type Box = { nonce: Buffer; ciphertext: Buffer; tag: Buffer };
type Sealed = { kid: string; wrapped: Box; payload: Box };

/** Gives `v1.kid.wrappedDEK.nonce.ct.tag`, the binary parts in base64url. */
export function seal(keyring: Keyring, plaintext: string | Uint8Array, place: SealedPlace): string {
  const dek = randomBytes(DEK_BYTES);
  const payload = encrypt(createSecretKey(dek), plaintextBytes(plaintext), payloadAad(place));
  return format(keyring.current.kid, wrap(keyring.current, dek, place), payload);
}

export function open(keyring: Keyring, sealed: string, place: SealedPlace): Buffer {
  const parsed = parse(sealed);
  return openPayload(parsed, unwrap(keyring, parsed, place), place);
}

export function openText(keyring: Keyring, sealed: string, place: SealedPlace): string {
  return open(keyring, sealed, place).toString("utf8");
}

/** Wraps the data key with the current key. A value that does not open is not rewrapped either. */
export function rewrap(keyring: Keyring, sealed: string, place: SealedPlace): string {
  const parsed = parse(sealed);
  const dek = unwrap(keyring, parsed, place);
  openPayload(parsed, dek, place);
  if (parsed.kid === keyring.current.kid) {
    return sealed;
  }
  return format(keyring.current.kid, wrap(keyring.current, dek, place), parsed.payload);
}

export function sealedKid(sealed: string): string {
  return parse(sealed).kid;
}

function wrap(kek: Key, dek: Buffer, place: SealedPlace): Box {
  return encrypt(kek.key, dek, dekAad(kek.kid, place));
}

function unwrap(keyring: Keyring, parsed: Sealed, place: SealedPlace): Buffer {
  const kek = findKey(keyring, parsed.kid);
  if (kek === undefined) {
    throw new DecryptError("unknown_key", parsed.kid);
  }
  return decrypt(kek.key, parsed.wrapped, dekAad(kek.kid, place), parsed.kid);
}

function openPayload(parsed: Sealed, dek: Buffer, place: SealedPlace): Buffer {
  return decrypt(createSecretKey(dek), parsed.payload, payloadAad(place), parsed.kid);
}

function placeParts(place: SealedPlace): (string | null)[] {
  return [place.table, place.institutionId, place.rowId, place.field, String(place.version)];
}

function payloadAad(place: SealedPlace): Buffer {
  return frame("reachable.sealed.v1", placeParts(place));
}

function dekAad(kid: string, place: SealedPlace): Buffer {
  return frame("reachable.dek.v1", [kid, ...placeParts(place)]);
}

function plaintextBytes(plaintext: string | Uint8Array): Uint8Array {
  return typeof plaintext === "string" ? Buffer.from(plaintext, "utf8") : plaintext;
}

function encrypt(key: KeyObject, plaintext: Uint8Array, aad: Buffer): Box {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { nonce, ciphertext, tag: cipher.getAuthTag() };
}

function decrypt(key: KeyObject, box: Box, aad: Buffer, kid: string): Buffer {
  const decipher = createDecipheriv(CIPHER, key, box.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad).setAuthTag(box.tag);
  const head = decipher.update(box.ciphertext);
  try {
    return Buffer.concat([head, decipher.final()]);
  } catch {
    throw new DecryptError("refused", kid);
  }
}

function format(kid: string, wrapped: Box, payload: Box): string {
  const dek = Buffer.concat([wrapped.nonce, wrapped.ciphertext, wrapped.tag]);
  const parts = [dek, payload.nonce, payload.ciphertext, payload.tag];
  return [VERSION, kid, ...parts.map((part) => part.toString("base64url"))].join(".");
}

function parse(sealed: string): Sealed {
  const [version, kid, dek, nonce, ciphertext, tag, ...rest] = sealed.split(".");
  if (version !== VERSION || kid === undefined || rest.length > 0) {
    throw new DecryptError("malformed");
  }
  const wrapped = decode(dek, NONCE_BYTES + DEK_BYTES + TAG_BYTES);
  return {
    kid,
    wrapped: {
      nonce: wrapped.subarray(0, NONCE_BYTES),
      ciphertext: wrapped.subarray(NONCE_BYTES, -TAG_BYTES),
      tag: wrapped.subarray(-TAG_BYTES),
    },
    payload: { nonce: decode(nonce, NONCE_BYTES), ciphertext: decode(ciphertext), tag: decode(tag, TAG_BYTES) },
  };
}

/** Node's decoder skips what it does not know, so only the one canonical spelling counts. */
function decode(part: string | undefined, length?: number): Buffer {
  const bytes = Buffer.from(part ?? "", "base64url");
  if (part === undefined || bytes.toString("base64url") !== part || (length ?? bytes.length) !== bytes.length) {
    throw new DecryptError("malformed");
  }
  return bytes;
}

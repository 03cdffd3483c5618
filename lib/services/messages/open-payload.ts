import { parseKeyring } from "@/lib/crypto/keyring";
import { DecryptError, openText } from "@/lib/crypto/seal";
import type { Payload } from "@/lib/delivery/payload";
import { env } from "@/lib/env";

/** What is to be sent, or null where it does not open: another row's, altered, or under a key that is gone. */
export function openPayload(institutionId: string, messageId: string, sealed: string | null): Payload | null {
  if (sealed === null) {
    return null;
  }
  const place = { table: "message", institutionId, rowId: messageId, field: "payload", version: 1 };
  try {
    return JSON.parse(openText(keyring(), sealed, place)) as Payload;
  } catch (error) {
    if (error instanceof DecryptError) {
      return null;
    }
    throw error;
  }
}

let parsed: { source: string; keyring: ReturnType<typeof parseKeyring> } | undefined;

function keyring() {
  const source = env().secretsKeys;
  if (parsed?.source !== source) {
    parsed = { source, keyring: parseKeyring(source, "SECRETS_KEYS") };
  }
  return parsed.keyring;
}

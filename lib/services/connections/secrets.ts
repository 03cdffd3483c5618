import { parseKeyring } from "@/lib/crypto/keyring";
import { openText, type SealedPlace, seal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";

export interface Tokens {
  accessToken: string;
  refreshToken?: string | undefined;
}

export function sealTokens({ accessToken, refreshToken }: Tokens, institutionId: string, id: string, version: number): string {
  return seal(keyring(), JSON.stringify({ accessToken, refreshToken }), place(institutionId, id, version));
}

/** Throws DecryptError where they do not open. */
export function openTokens(sealed: string, institutionId: string, id: string, version: number): Tokens {
  return JSON.parse(openText(keyring(), sealed, place(institutionId, id, version))) as Tokens;
}

/** Where a connection's tokens are sealed (R50). */
function place(institutionId: string, rowId: string, version: number): SealedPlace {
  return { table: "connection", institutionId, rowId, field: "secrets", version };
}

function keyring() {
  return parseKeyring(env().secretsKeys, "SECRETS_KEYS");
}

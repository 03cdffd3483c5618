import { createPublicKey, type KeyObject } from "node:crypto";
import { forgetCredential, remembered } from "@/lib/auth/credentials/remembered";
import { onceInInstitution } from "@/lib/db/unit-of-work";

export interface LiveSigningKey {
  id: string;
  kid: string;
  key: KeyObject;
}

/** An institution's own keys that are not revoked; usually none is asked for anew (R52). */
export async function findSigningKeys(institutionId: string): Promise<readonly LiveSigningKey[]> {
  const found = await remembered(placeOf(institutionId), async () => {
    const rows = await onceInInstitution(
      institutionId,
      (tx) => tx.$queryRaw<Array<{ id: string; kid: string; publicKey: string }>>`
        SELECT id, kid, public_key AS "publicKey" FROM signing_key
         WHERE institution_id = ${institutionId}::uuid AND revoked_at IS NULL ORDER BY created_at DESC, id`,
    );
    const value = rows.map(({ id, kid, publicKey }) => ({ id, kid, key: createPublicKey(publicKey) }));
    return { value, about: [placeOf(institutionId)], until: null };
  });
  return found ?? [];
}

/** Called by whoever adds or revokes one. */
export function forgetSigningKeys(institutionId: string): void {
  forgetCredential(placeOf(institutionId));
}

const placeOf = (institutionId: string) => `signing:${institutionId}`;

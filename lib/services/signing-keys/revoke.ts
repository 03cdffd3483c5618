import type { Context } from "@/lib/auth/actor";
import { forgetSigningKeys } from "@/lib/auth/credentials/find-signing-keys";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { findSigningKey, SigningKeyRef } from "@/lib/services/signing-keys/internal";

/** From now on no token that it signed is believed, whenever that was. */
export async function revokeSigningKey(ctx: Context, raw: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "key:write");
  const { signingKeyId } = parseInput(SigningKeyRef, raw);
  await inInstitution(institutionId, async (tx) => {
    const { name, kid } = await findSigningKey(tx, institutionId, signingKeyId);
    const where = { institutionId, id: signingKeyId, revokedAt: null };
    if ((await tx.signingKey.updateMany({ where, data: { revokedAt: new Date() } })).count === 1) {
      const object = { type: "signing_key", id: signingKeyId };
      await audit(tx, institutionId, ctx, { action: "signing_key.revoked", object, before: { name, kid } });
    }
  });
  forgetSigningKeys(institutionId);
}

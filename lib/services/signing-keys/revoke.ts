import type { Context } from "@/lib/auth/actor";
import { forgetSigningKeys } from "@/lib/auth/credentials/find-signing-keys";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { endSigningKeys } from "@/lib/services/signing-keys/end";
import { findSigningKey, SigningKeyRef } from "@/lib/services/signing-keys/internal";

/** From now on no token that it signed is believed, whenever that was. */
export async function revokeSigningKey(ctx: Context, raw: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "key:write");
  const { signingKeyId } = parseInput(SigningKeyRef, raw);
  await inInstitution(institutionId, async (tx) => {
    await findSigningKey(tx, institutionId, signingKeyId);
    await endSigningKeys(tx, ctx, institutionId, [signingKeyId]);
  });
  forgetSigningKeys(institutionId);
}

import type { Context } from "@/lib/auth/actor";
import { forgetCredential } from "@/lib/auth/credentials/remembered";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { findKeyRow, KeyRef, withinReach } from "@/lib/services/keys/internal";

/** Ends a key for good: its next request is refused here at once, and by other processes within seconds (R52). */
export async function revokeKey(ctx: Context, raw: unknown): Promise<void> {
  const caller = requirePermission(ctx, "key:own");
  const { keyId } = parseInput(KeyRef, raw);
  const { institutionId } = caller;
  const reach = withinReach(ctx, caller, "key:write");
  await inInstitution(institutionId, async (tx) => {
    const { name, kind } = await findKeyRow(tx, reach, keyId);
    const revoked = await tx.apiKey.updateMany({ where: { institutionId, id: keyId, revokedAt: null }, data: { revokedAt: new Date() } });
    if (revoked.count === 1) {
      await audit(tx, institutionId, ctx, { action: "apikey.revoked", object: { type: "api_key", id: keyId }, before: { name, kind } });
    }
  });
  forgetCredential(keyId);
}

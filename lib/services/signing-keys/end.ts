import type { Context } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/unit-of-work";
import { auditAll } from "@/lib/services/audit/record";

/** Ends signing keys for good. Whoever calls it has this process forget them, once that is committed. */
export async function endSigningKeys(tx: Tx, ctx: Context, institutionId: string, ids: readonly string[]): Promise<void> {
  const ended = await tx.$queryRaw<Array<{ id: string; name: string; kid: string }>>`
    UPDATE signing_key SET revoked_at = now()
     WHERE institution_id = ${institutionId}::uuid AND id = ANY(${ids}::uuid[]) AND revoked_at IS NULL RETURNING id, name, kid`;
  const entries = ended.map(({ id, name, kid }) => ({
    action: "signing_key.revoked" as const,
    object: { type: "signing_key", id },
    before: { name, kid },
  }));
  await auditAll(tx, institutionId, ctx, entries);
}

import type { Tx } from "@/lib/db/unit-of-work";

/** Ends the open challenges of a contact point, their links, and what was queued for them (R10, R11). */
export async function voidVerifications(tx: Tx, institutionId: string, contactPointId: string): Promise<void> {
  const ended = await tx.$queryRaw<Array<{ id: string }>>`
    UPDATE verification SET voided_at = now()
     WHERE institution_id = ${institutionId}::uuid AND contact_point_id = ${contactPointId}::uuid AND consumed_at IS NULL AND voided_at IS NULL
    RETURNING id`;
  if (ended.length === 0) {
    return;
  }
  const ids = ended.map((row) => row.id);
  await tx.$executeRaw`DELETE FROM token_index WHERE kind IN ('verification', 'public_code') AND ref_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE message SET state = 'cancelled', payload = NULL, finished_at = now()
     WHERE institution_id = ${institutionId}::uuid AND verification_id = ANY(${ids}::uuid[]) AND state = 'queued'`;
}

import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/unit-of-work";

/**
 * The memberships of the entered institution's owners, locked until the transaction ends. Whatever can take an owner
 * away locks them first, in this order: of two demotions at once the second waits, and counts what the first one left.
 */
export async function lockOwners(tx: Tx, institutionId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT id FROM membership WHERE institution_id = ${institutionId}::uuid AND role = 'owner' ORDER BY id FOR UPDATE`;
  return rows.map((row) => row.id);
}

/** Refuses to leave an institution without an owner. */
export function requireAnotherOwner(owners: string[], membershipId: string): void {
  if (owners.every((id) => id === membershipId)) {
    throw new AppError("conflict", { reason: "lastOwner" });
  }
}

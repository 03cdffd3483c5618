import type { Role } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/unit-of-work";

export interface LockedMember {
  userId: string;
  role: Role;
  subscriberId: string;
}

/** One membership of the entered institution, locked until the transaction ends; after `lockOwners`. */
export async function lockMember(tx: Tx, institutionId: string, memberId: string): Promise<LockedMember> {
  const [row] = await tx.$queryRaw<LockedMember[]>`
    SELECT user_id AS "userId", role::text AS role, subscriber_id AS "subscriberId" FROM membership
     WHERE institution_id = ${institutionId}::uuid AND id = ${memberId}::uuid FOR UPDATE`;
  if (!row) {
    throw notFound();
  }
  return row;
}

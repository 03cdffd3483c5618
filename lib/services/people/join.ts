import type { Context } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";

export interface Joining {
  institutionId: string;
  user: { id: string; name: string; locale: string | null };
  role: Role;
}

/**
 * Makes a person a member, and a subscriber: each member is one. Whoever was here before gets the same
 * subscriber again, with what they had proven. Returns false when they are a member already.
 */
export async function joinInstitution(tx: Tx, ctx: Context, { institutionId, user, role }: Joining): Promise<boolean> {
  await requireLiving(tx, user.id);
  const [subscriber] = await tx.$queryRaw<Array<{ id: string }>>`
    INSERT INTO subscriber (institution_id, id, external_id, user_id, name, locale)
    VALUES (${institutionId}::uuid, ${newId()}::uuid, ${user.id}, ${user.id}::uuid, ${user.name}, ${user.locale})
    ON CONFLICT (institution_id, external_id)
    DO UPDATE SET user_id = excluded.user_id, name = excluded.name, locale = excluded.locale, updated_at = now()
    RETURNING id`;
  if (!subscriber) {
    throw new Error("a subscriber was neither made nor found");
  }
  const id = newId();
  const joined = await tx.$executeRaw`
    INSERT INTO membership (institution_id, id, user_id, role, subscriber_id)
    VALUES (${institutionId}::uuid, ${id}::uuid, ${user.id}::uuid, ${role}::role, ${subscriber.id}::uuid)
    ON CONFLICT (institution_id, user_id) DO NOTHING`;
  if (joined === 0) {
    return false;
  }
  await audit(tx, institutionId, ctx, {
    action: "member.joined",
    object: { type: "member", id },
    subscriberId: subscriber.id,
    after: { userId: user.id, role },
  });
  return true;
}

// Held until the end, so that an account cannot be deleted while it joins.
async function requireLiving(tx: Tx, userId: string): Promise<void> {
  const living = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "user" WHERE id = ${userId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
  if (living.length === 0) {
    throw notFound();
  }
}

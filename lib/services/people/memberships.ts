import type { Role } from "@/lib/auth/permissions";
import { asUser, type Tx } from "@/lib/db/unit-of-work";

export interface OwnMembership {
  institutionId: string;
  institutionName: string;
  role: Role;
  subscriberId: string;
}

/** A person's own memberships, oldest first; `tx` must be one of `asUser`. */
export function readMemberships(tx: Tx, userId: string): Promise<OwnMembership[]> {
  return tx.$queryRaw<OwnMembership[]>`
    SELECT m.institution_id AS "institutionId", i.name AS "institutionName", m.role::text AS role, m.subscriber_id AS "subscriberId"
      FROM membership m JOIN institution i ON i.id = m.institution_id
     WHERE m.user_id = ${userId}::uuid ORDER BY m.created_at, m.institution_id`;
}

/** Where a person works: where they last were, if they still belong there, else where they have belonged longest. */
export async function homeMembership(user: { id: string; homeInstitutionId: string | null }): Promise<OwnMembership | null> {
  const memberships = await asUser(user.id, (tx) => readMemberships(tx, user.id));
  return memberships.find((membership) => membership.institutionId === user.homeInstitutionId) ?? memberships[0] ?? null;
}

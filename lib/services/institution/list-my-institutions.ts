import type { Context } from "@/lib/auth/actor";
import { type Role, requireUser } from "@/lib/auth/permissions";
import { asUser } from "@/lib/db/unit-of-work";
import { readMemberships } from "@/lib/services/people/memberships";

export interface MyInstitution {
  id: string;
  name: string;
  role: Role;
  current: boolean;
}

/** The institutions that the person belongs to, oldest membership first. */
export async function listMyInstitutions(ctx: Context): Promise<MyInstitution[]> {
  const actor = requireUser(ctx);
  const current = actor.type === "member" ? actor.institutionId : null;
  const memberships = await asUser(actor.userId, (tx) => readMemberships(tx, actor.userId));
  return memberships.map(({ institutionId, institutionName, role }) => ({
    id: institutionId,
    name: institutionName,
    role,
    current: institutionId === current,
  }));
}

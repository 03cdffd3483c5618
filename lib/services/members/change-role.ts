import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { forgetCredential } from "@/lib/auth/credentials/remembered";
import { ROLES, requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { lockMember } from "@/lib/services/people/lock-member";
import { lockOwners, requireAnotherOwner } from "@/lib/services/people/lock-owners";

export const ChangeRole = z.strictObject({ memberId: z.string(), role: z.enum(ROLES) });

/** Only an owner makes an owner, or changes one. The last one stays. */
export async function changeRole(ctx: Context, input: unknown): Promise<void> {
  const actor = requirePermission(ctx, "member:write");
  const { memberId, role } = parseInput(ChangeRole, input);
  if (!isId(memberId)) {
    throw notFound();
  }
  const { institutionId } = actor;
  const userId = await inInstitution(institutionId, async (tx) => {
    const owners = await lockOwners(tx, institutionId);
    const member = await lockMember(tx, institutionId, memberId);
    if (member.role === "owner" || role === "owner") {
      requirePermission(ctx, "owner:grant");
    }
    if (member.role === role) {
      return member.userId;
    }
    if (member.role === "owner") {
      requireAnotherOwner(owners, memberId);
    }
    await tx.membership.updateMany({ where: { institutionId, id: memberId }, data: { role } });
    await audit(tx, institutionId, ctx, {
      action: "member.role_changed",
      object: { type: "member", id: memberId },
      subscriberId: member.subscriberId,
      before: { role: member.role },
      after: { role },
    });
    return member.userId;
  });
  forgetCredential(userId);
}

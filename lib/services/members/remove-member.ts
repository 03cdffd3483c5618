import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { forgetCredential } from "@/lib/auth/credentials/remembered";
import { requireMember, requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { lockMember } from "@/lib/services/people/lock-member";
import { lockOwners, requireAnotherOwner } from "@/lib/services/people/lock-owners";

const RemoveMember = z.strictObject({ memberId: z.string() });

/**
 * Everybody may leave; removing others takes the right to. What the person could see ends with their next request.
 * Their subscriber stays, with what they consented to, until they delete their account or the institution deletes it.
 */
export async function removeMember(ctx: Context, input: unknown): Promise<{ left: boolean }> {
  // a program removes members, its own person among them, by the right to; leaving is for people themselves
  const actor = "credential" in ctx.actor ? requirePermission(ctx, "member:write") : requireMember(ctx);
  const { memberId } = parseInput(RemoveMember, input);
  if (!isId(memberId)) {
    throw notFound();
  }
  const { institutionId } = actor;
  const { left, userId } = await inInstitution(institutionId, async (tx) => {
    const owners = await lockOwners(tx, institutionId);
    const member = await lockMember(tx, institutionId, memberId);
    const isSelf = member.userId === actor.userId;
    if (!isSelf) {
      requirePermission(ctx, member.role === "owner" ? "owner:grant" : "member:write");
    }
    if (member.role === "owner") {
      requireAnotherOwner(owners, memberId);
    }
    await tx.membership.deleteMany({ where: { institutionId, id: memberId } });
    await tx.session.updateMany({ where: { userId: member.userId, institutionId }, data: { institutionId: null } });
    await tx.user.updateMany({ where: { id: member.userId, homeInstitutionId: institutionId }, data: { homeInstitutionId: null } });
    await tx.$executeRaw`
      DELETE FROM invitation i USING "user" u
       WHERE u.id = ${member.userId}::uuid AND i.institution_id = ${institutionId}::uuid AND i.email_canonical = u.email_canonical`;
    await audit(tx, institutionId, ctx, {
      action: "member.removed",
      object: { type: "member", id: memberId },
      subscriberId: member.subscriberId,
      before: { userId: member.userId, role: member.role },
    });
    return { left: isSelf, userId: member.userId };
  });
  forgetCredential(userId);
  return { left };
}

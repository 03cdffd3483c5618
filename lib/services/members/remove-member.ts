import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { forgetSigningKeys } from "@/lib/auth/credentials/find-signing-keys";
import { forgetCredential } from "@/lib/auth/credentials/remembered";
import { requireMember, requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { lockInstitution } from "@/lib/services/institution/lock";
import { endKeys, findKept, idsOf, keysOfLeaver } from "@/lib/services/keys/lineage";
import { lockMember } from "@/lib/services/people/lock-member";
import { lockOwners, requireAnotherOwner } from "@/lib/services/people/lock-owners";
import { endSigningKeys } from "@/lib/services/signing-keys/end";

const RemoveMember = z.strictObject({
  memberId: z.string(),
  /** Also the institution's secret keys and signing keys that they may have kept. */
  revokeKeys: z.boolean().default(false),
});

/**
 * Everybody may leave; removing others takes the right to. What the person could see ends with their next request.
 * Their subscriber stays, with what they consented to, until they delete their account or the institution deletes it.
 */
export async function removeMember(ctx: Context, input: unknown): Promise<{ left: boolean }> {
  // a program removes members, its own person among them, by the right to; leaving is for people themselves
  const actor = "credential" in ctx.actor ? requirePermission(ctx, "member:write") : requireMember(ctx);
  const { memberId, revokeKeys } = parseInput(RemoveMember, input);
  if (!isId(memberId)) {
    throw notFound();
  }
  const { institutionId } = actor;
  const { left, userId, ended } = await inInstitution(institutionId, async (tx) => {
    if (revokeKeys) {
      requirePermission(ctx, "key:write");
    }
    await lockInstitution(tx, institutionId);
    const owners = await lockOwners(tx, institutionId);
    const member = await lockMember(tx, institutionId, memberId);
    const isSelf = member.userId === actor.userId;
    if (!isSelf) {
      requirePermission(ctx, member.role === "owner" ? "owner:grant" : "member:write");
    }
    if (member.role === "owner") {
      requireAnotherOwner(owners, memberId);
    }
    const ended = await keysOfLeaver(tx, ctx, institutionId, member.userId);
    if (revokeKeys) {
      const kept = await findKept(tx, institutionId, member.userId);
      ended.push(...(await endKeys(tx, ctx, institutionId, idsOf(kept, "api_key"))));
      await endSigningKeys(tx, ctx, institutionId, idsOf(kept, "signing_key"));
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
    return { left: isSelf, userId: member.userId, ended };
  });
  for (const id of [userId, ...ended]) {
    forgetCredential(id);
  }
  forgetSigningKeys(institutionId);
  return { left };
}

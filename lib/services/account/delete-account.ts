import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { forgetCredential } from "@/lib/auth/credentials/remembered";
import { requireUser } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { asUser, enterInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { lockInstitution } from "@/lib/services/institution/lock";
import { keysOfLeaver } from "@/lib/services/keys/lineage";
import { confirmPassword, lockUser } from "@/lib/services/people/confirm-password";
import { password } from "@/lib/services/people/fields";
import { lockOwners } from "@/lib/services/people/lock-owners";

const DeleteAccount = z.strictObject({ password });

interface Belonging {
  institutionId: string;
  institutionName: string;
  subscriberId: string;
  membershipId: string | null;
}

/**
 * R68: erases the person, in every institution that knows them: account, sessions, memberships, subscriber,
 * contact points and messages. The audit log keeps the id, which then stands for nobody.
 */
export async function deleteAccount(ctx: Context, input: unknown): Promise<void> {
  const actor = requireUser(ctx);
  const given = parseInput(DeleteAccount, input);
  const confirmed = await confirmPassword(ctx, actor, { path: "password", password: given.password });
  const ended = [actor.userId];
  await asUser(actor.userId, async (tx) => {
    const belongings = await readBelongings(tx, actor.userId);
    await refuseLastOwner(tx, belongings);
    await lockUser(tx, confirmed);
    const { emailCanonical } = await tx.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { emailCanonical: true } });
    if (keysOf(await readBelongings(tx, actor.userId)) !== keysOf(belongings)) {
      throw new AppError("conflict", { reason: "changedMeanwhile" });
    }
    for (const { institutionId, subscriberId, membershipId } of belongings) {
      await enterInstitution(tx, institutionId);
      if (membershipId) {
        ended.push(...(await keysOfLeaver(tx, ctx, institutionId, actor.userId)));
        await tx.membership.deleteMany({ where: { institutionId, id: membershipId } });
      }
      await tx.message.deleteMany({ where: { institutionId, subscriberId } });
      await tx.subscriber.deleteMany({ where: { institutionId, id: subscriberId } });
      if (emailCanonical) {
        await tx.invitation.deleteMany({ where: { institutionId, emailCanonical } });
      }
      await audit(tx, institutionId, ctx, { action: "user.deleted", object: { type: "user", id: actor.userId } });
    }
    await tx.session.deleteMany({ where: { userId: actor.userId } });
    await tx.tokenIndex.deleteMany({ where: { kind: "password_reset", refId: actor.userId } });
    await tx.$executeRaw`
      UPDATE "user" SET email = '', email_canonical = NULL, name = '', password_hash = NULL, locale = NULL, theme = 'system',
             home_institution_id = NULL, deleted_at = now() WHERE id = ${actor.userId}::uuid`;
  });
  for (const id of ended) {
    forgetCredential(id);
  }
}

function readBelongings(tx: Tx, userId: string): Promise<Belonging[]> {
  return tx.$queryRaw<Belonging[]>`
    SELECT s.institution_id AS "institutionId", coalesce(i.name, '') AS "institutionName", s.id AS "subscriberId",
           m.id AS "membershipId"
      FROM subscriber s
      LEFT JOIN membership m ON m.institution_id = s.institution_id AND m.user_id = s.user_id
      LEFT JOIN institution i ON i.id = s.institution_id
     WHERE s.user_id = ${userId}::uuid ORDER BY s.institution_id`;
}

function keysOf(belongings: Belonging[]): string {
  return belongings.map(({ institutionId, membershipId }) => `${institutionId} ${membershipId}`).join();
}

// Every institution, so that no key is made in it meanwhile, and its owners are locked before the person's own row: the order
// that the other verbs keep.
async function refuseLastOwner(tx: Tx, belongings: Belonging[]): Promise<void> {
  const orphaned: string[] = [];
  for (const { institutionId, institutionName, membershipId } of belongings) {
    await enterInstitution(tx, institutionId);
    await lockInstitution(tx, institutionId);
    const owners = await lockOwners(tx, institutionId);
    if (owners.every((id) => id === membershipId)) {
      orphaned.push(institutionName);
    }
  }
  if (orphaned.length > 0) {
    throw new AppError("conflict", { reason: "lastOwnerOf", params: { institutions: orphaned.join(", ") } });
  }
}

import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { lockSubscriber, SubscriberRef, snapshot } from "@/lib/services/subscribers/internal";

/**
 * Erases a subscriber with their contact points, challenges, messages and inbox (R68). A member's is refused:
 * it goes with the membership. The audit log keeps the ids alone.
 */
export async function deleteSubscriber(ctx: Context, raw: unknown): Promise<void> {
  const actor = requirePermission(ctx, "subscriber:write");
  const { subscriberId } = parseInput(SubscriberRef, raw);
  const { institutionId } = actor;
  await inInstitution(institutionId, async (tx) => {
    // in the order in which a contact point's own verbs lock: it first, its subscriber after
    await tx.$queryRaw`
      SELECT id FROM contact_point WHERE institution_id = ${institutionId}::uuid AND subscriber_id = ${subscriberId}::uuid
       ORDER BY id FOR NO KEY UPDATE`;
    const row = await lockSubscriber(tx, institutionId, subscriberId);
    if ((await tx.membership.count({ where: { institutionId, subscriberId } })) > 0) {
      throw new AppError("precondition_failed", { reason: "subscriberIsMember" });
    }
    const contactPoints = await eraseEverything(tx, institutionId, subscriberId);
    await audit(tx, institutionId, ctx, {
      action: "subscriber.deleted",
      object: { type: "subscriber", id: subscriberId },
      subscriberId,
      before: { ...snapshot(row), contactPoints },
    });
  });
}

/** Contact points, challenges and inbox lines go with the row; links and messages refer to it from elsewhere. */
async function eraseEverything(tx: Tx, institutionId: string, subscriberId: string): Promise<number> {
  const contactPoints = await tx.contactPoint.count({ where: { institutionId, subscriberId, deletedAt: null } });
  await tx.$executeRaw`
    DELETE FROM token_index t USING verification v, contact_point c
     WHERE c.institution_id = ${institutionId}::uuid AND c.subscriber_id = ${subscriberId}::uuid
       AND v.institution_id = c.institution_id AND v.contact_point_id = c.id
       AND t.kind IN ('verification', 'public_code') AND t.ref_id = v.id`;
  await tx.message.deleteMany({ where: { institutionId, subscriberId } });
  await tx.subscriber.deleteMany({ where: { institutionId, id: subscriberId } });
  return contactPoints;
}

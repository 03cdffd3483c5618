import type { Context } from "@/lib/auth/actor";
import { requirePermission, requireSubscriber } from "@/lib/auth/permissions";
import { subscriptionType } from "@/lib/channels/subscriptions/registry";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { findSubscription } from "@/lib/services/subscriptions/dto";
import { OwnSubscriptionRef, SubscriptionRef } from "@/lib/services/subscriptions/fields";
import { identifierHash, lockChannel, missing, ownSubscriber } from "@/lib/services/subscriptions/internal";

/** Deletes one of an institution's subscriptions, and its secrets with it. */
export async function deleteSubscription(ctx: Context, raw: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "subscription:write");
  const { subscriptionId } = parseInput(SubscriptionRef, raw);
  await inInstitution(institutionId, (tx) => remove(tx, ctx, institutionId, subscriptionId));
}

/** Deletes the one that the person who asks is known to have by its identifier. */
export async function deleteOwnSubscription(ctx: Context, raw: unknown): Promise<void> {
  const actor = requireSubscriber(ctx);
  const { institutionId } = actor;
  const { senderId, identifier } = parseInput(OwnSubscriptionRef, raw);
  await inInstitution(institutionId, async (tx) => {
    const { type } = await lockChannel(tx, institutionId, senderId);
    const subscriberId = await ownSubscriber(tx, actor);
    const row =
      subscriberId === null
        ? null
        : await tx.subscription.findFirst({
            where: { institutionId, senderId, subscriberId, identifierHash: identifierHash(type, identifier) },
            select: { id: true },
          });
    if (!row) {
      throw missing("subscription", identifier);
    }
    await remove(tx, ctx, institutionId, row.id);
  });
}

async function remove(tx: Tx, ctx: Context, institutionId: string, id: string): Promise<void> {
  const row = await findSubscription(tx, institutionId, id);
  const { count } = await tx.subscription.deleteMany({ where: { institutionId, id } });
  if (!row || count === 0) {
    throw notFound();
  }
  const identifier = subscriptionType(row.senderType)?.mask(row.identifier) ?? null;
  await audit(tx, institutionId, ctx, {
    action: "subscription.deleted",
    object: { type: "subscription", id },
    subscriberId: row.subscriberId,
    before: { senderId: row.senderId, identifier },
  });
}

import type { Context } from "@/lib/auth/actor";
import { requireSubscriber } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { type OwnSubscriptionDto, readSubscriptions, toOwnSubscriptionDto } from "@/lib/services/subscriptions/dto";
import { OwnChannelRef } from "@/lib/services/subscriptions/fields";
import { lockChannel, ownSubscriber } from "@/lib/services/subscriptions/internal";

/** What reaches the person who asks on one channel, the newest first; their limit keeps it short. What was disabled reaches nobody. */
export async function listOwnSubscriptions(ctx: Context, raw: unknown): Promise<OwnSubscriptionDto[]> {
  const actor = requireSubscriber(ctx);
  const { institutionId } = actor;
  const { senderId } = parseInput(OwnChannelRef, raw);
  return inInstitution(institutionId, async (tx) => {
    await lockChannel(tx, institutionId, senderId);
    const subscriberId = await ownSubscriber(tx, actor);
    if (subscriberId === null) {
      return [];
    }
    const where = Prisma.sql`n.institution_id = ${institutionId}::uuid AND n.sender_id = ${senderId}::uuid
      AND n.subscriber_id = ${subscriberId}::uuid AND n.disabled_at IS NULL`;
    const order = Prisma.sql`n.created_at DESC, n.id DESC`;
    const rows = await readSubscriptions(tx, where, order, env().limits.subscriptionsPerSubscriber);
    return rows.map(toOwnSubscriptionDto);
  });
}

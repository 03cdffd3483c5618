import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { newestFirst } from "@/lib/services/newest-first";
import { readSubscriptions, type SubscriptionDto, toSubscriptionDto } from "@/lib/services/subscriptions/dto";
import { subscriptionFields } from "@/lib/services/subscriptions/fields";

const { senderId } = subscriptionFields;

export const ListSubscriptionsInput = z.strictObject({ ...pageInput, senderId: senderId.optional(), subscriberId: senderId.optional() });

/** One page of an institution's subscriptions, the newest first; of one sender or one subscriber where it is named. */
export async function listSubscriptions(ctx: Context, raw: unknown): Promise<Page<SubscriptionDto>> {
  const { institutionId } = requirePermission(ctx, "subscription:read");
  const input = parseInput(ListSubscriptionsInput, raw);
  const { limit } = input;
  const { beyond, order, ...paged } = newestFirst("n", input);
  const where = [
    Prisma.sql`n.institution_id = ${institutionId}::uuid`,
    ...(input.senderId ? [Prisma.sql`n.sender_id = ${input.senderId}::uuid`] : []),
    ...(input.subscriberId ? [Prisma.sql`n.subscriber_id = ${input.subscriberId}::uuid`] : []),
    ...beyond,
  ];
  const rows = await onceInInstitution(institutionId, (tx) => readSubscriptions(tx, Prisma.join(where, " AND "), order, limit + 1));
  const page = toPage(rows, { limit, ...paged });
  return { ...page, items: page.items.map(toSubscriptionDto) };
}

import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { newestFirst } from "@/lib/services/newest-first";
import { type SubscriptionDto, type SubscriptionRow, subscriptionRows, toSubscriptionDto } from "@/lib/services/subscriptions/dto";
import { subscriptionFields } from "@/lib/services/subscriptions/fields";

const { senderId } = subscriptionFields;

export const ListSubscriptionsInput = z.strictObject({ ...pageInput, senderId: senderId.optional(), subscriberId: senderId.optional() });

/** One page of an institution's subscriptions, the newest first; of one sender or one subscriber where it is named. */
export async function listSubscriptions(ctx: Context, raw: unknown): Promise<Page<SubscriptionDto>> {
  const { institutionId } = requirePermission(ctx, "subscription:read");
  const input = parseInput(ListSubscriptionsInput, raw);
  const rows = await onceInInstitution(institutionId, (tx) => tx.$queryRaw<SubscriptionRow[]>(subscriptionQuery(institutionId, input)));
  const page = toPage(rows, { limit: input.limit, ...newestFirst("n", input) });
  return { ...page, items: page.items.map(toSubscriptionDto) };
}

/** Whichever is named, and where none is: an index has the order in it. */
export function subscriptionQuery(institutionId: string, raw: z.input<typeof ListSubscriptionsInput>): Prisma.Sql {
  const { senderId: sender, subscriberId, limit, ...asked } = ListSubscriptionsInput.parse(raw);
  const { beyond, order } = newestFirst("n", asked);
  const where = [
    Prisma.sql`n.institution_id = ${institutionId}::uuid`,
    ...(sender ? [Prisma.sql`n.sender_id = ${sender}::uuid`] : []),
    ...(subscriberId ? [Prisma.sql`n.subscriber_id = ${subscriberId}::uuid`] : []),
    ...beyond,
  ];
  return subscriptionRows(Prisma.join(where, " AND "), order, limit + 1);
}

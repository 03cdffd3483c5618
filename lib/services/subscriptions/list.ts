import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { readSubscriptions, type SubscriptionDto, toSubscriptionDto } from "@/lib/services/subscriptions/dto";
import { subscriptionFields } from "@/lib/services/subscriptions/fields";

const { senderId } = subscriptionFields;

export const ListSubscriptionsInput = z.strictObject({ ...pageInput, senderId: senderId.optional(), subscriberId: senderId.optional() });

/** One page of an institution's subscriptions, the newest first; of one sender or one subscriber where it is named. */
export async function listSubscriptions(ctx: Context, raw: unknown): Promise<Page<SubscriptionDto>> {
  const { institutionId } = requirePermission(ctx, "subscription:read");
  const input = parseInput(ListSubscriptionsInput, raw);
  const { before, after, limit } = input;
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const key = cursor && Prisma.sql`(${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`;
  const where = [
    Prisma.sql`n.institution_id = ${institutionId}::uuid`,
    ...(input.senderId ? [Prisma.sql`n.sender_id = ${input.senderId}::uuid`] : []),
    ...(input.subscriberId ? [Prisma.sql`n.subscriber_id = ${input.subscriberId}::uuid`] : []),
    ...(key ? [backwards ? Prisma.sql`(n.created_at, n.id) > ${key}` : Prisma.sql`(n.created_at, n.id) < ${key}`] : []),
  ];
  const order = backwards ? Prisma.sql`n.created_at, n.id` : Prisma.sql`n.created_at DESC, n.id DESC`;
  const rows = await inInstitution(institutionId, (tx) => readSubscriptions(tx, Prisma.join(where, " AND "), order, limit + 1));
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf: (row) => [row.createdAt.toISOString(), row.id] });
  return { ...page, items: page.items.map(toSubscriptionDto) };
}

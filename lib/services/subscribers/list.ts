import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, searchText, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { keyset, newest, type Order } from "@/lib/services/keyset";
import { type SubscriberDto, type SubscriberRow, toSubscriberDto } from "@/lib/services/subscribers/dto";

export const SUBSCRIBER_SORTS = ["newest", "externalId"] as const;

export const ListSubscribersInput = z.strictObject({
  ...pageInput,
  q: searchText.optional(),
  sort: z.enum(SUBSCRIBER_SORTS).default("newest"),
});

/** A subscriber in a list, with how many contact points they have and how many of those are proven. */
export interface SubscriberLine extends SubscriberDto {
  contactPoints: number;
  verifiedContactPoints: number;
}

type Row = SubscriberRow & { contactPoints: number; verifiedContactPoints: number };

/** One page of the institution's subscribers, members among them. */
export async function listSubscribers(ctx: Context, raw: unknown): Promise<Page<SubscriberLine>> {
  const actor = requirePermission(ctx, "subscriber:read");
  const input = parseInput(ListSubscribersInput, raw);
  const rows = await onceInInstitution(actor.institutionId, (tx) => tx.$queryRaw<Row[]>(subscriberQuery(actor.institutionId, input)));
  const page = toPage(rows, { limit: input.limit, ...keyset(ORDERS[input.sort], input) });
  return { ...page, items: page.items.map(toLine) };
}

/** The page's rows first, off an index; their contact points are counted for those alone. */
export function subscriberQuery(institutionId: string, raw: z.input<typeof ListSubscribersInput>): Prisma.Sql {
  const { q, sort, limit, ...asked } = ListSubscribersInput.parse(raw);
  const { beyond, order } = keyset(ORDERS[sort], asked);
  const where = [
    Prisma.sql`s.institution_id = ${institutionId}::uuid`,
    ...(q ? [Prisma.sql`position(lower(${q}) IN s.search_text) > 0`] : []),
    ...beyond,
  ];
  return Prisma.sql`
    WITH page AS (
      SELECT s.* FROM subscriber s WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1})
    SELECT s.id, s.external_id AS "externalId", s.name, s.locale, s.user_id AS "userId", s.created_at AS "createdAt",
           s.updated_at AS "updatedAt", c.held AS "contactPoints", c.verified AS "verifiedContactPoints"
      FROM page s CROSS JOIN LATERAL (
        SELECT count(*)::int AS held, count(*) FILTER (WHERE verified_at IS NOT NULL)::int AS verified FROM contact_point
         WHERE institution_id = s.institution_id AND subscriber_id = s.id AND deleted_at IS NULL) c
     ORDER BY ${order}`;
}

function toLine(row: Row): SubscriberLine {
  return { ...toSubscriberDto(row), contactPoints: row.contactPoints, verifiedContactPoints: row.verifiedContactPoints };
}

const ORDERS: Record<(typeof SUBSCRIBER_SORTS)[number], Order<Row>> = {
  newest: newest("s"),
  externalId: { desc: false, columns: [["s.external_id", "text"]], keyOf: (row) => [row.externalId] },
};

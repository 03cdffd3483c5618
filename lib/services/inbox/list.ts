import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { type InboxItemDto, type InboxRow, toInboxItemDto } from "@/lib/services/inbox/dto";
import { keyset, type Order } from "@/lib/services/keyset";

export const ListInboxInput = z.strictObject(pageInput);

const UNREAD_FIRST: Order<InboxRow> = {
  desc: true,
  columns: [
    ["b.unread", "boolean"],
    ["b.created_at", "instant"],
    ["b.id", "uuid"],
  ],
  keyOf: (row) => [row.unread, row.createdAt.toISOString(), row.id],
};

/** One page of one's own inbox: what is unread first, the newest of each first. */
export async function listInbox(ctx: Context, raw: unknown): Promise<Page<InboxItemDto>> {
  const actor = requirePerson(ctx, "inbox:own");
  const { limit, ...asked } = parseInput(ListInboxInput, raw);
  const { beyond, order, ...paged } = keyset(UNREAD_FIRST, asked);
  const where = [Prisma.sql`b.institution_id = ${actor.institutionId}::uuid AND b.subscriber_id = ${actor.subscriberId}::uuid`, ...beyond];
  const rows = await onceInInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<InboxRow[]>`
      SELECT b.id, b.kind, b.data, b.unread, b.created_at AS "createdAt", c.id AS "contactPointId", c.label, c.type,
             v.expires_at AS "expiresAt",
             CASE WHEN v.id IS NULL THEN CASE WHEN b.kind = 'verification' THEN 'ended' END
                  WHEN v.consumed_at IS NOT NULL THEN 'done'
                  WHEN v.voided_at IS NULL AND v.expires_at > now() AND v.attempts < v.max_attempts
                       AND c.id IS NOT NULL AND c.locked_at IS NULL THEN 'live'
                  ELSE 'ended' END AS challenge
        FROM inbox_item b
        LEFT JOIN verification v ON v.institution_id = b.institution_id AND v.id = b.verification_id
        LEFT JOIN contact_point c ON c.institution_id = b.institution_id AND c.id = coalesce(v.contact_point_id, b.contact_point_id)
                  AND c.deleted_at IS NULL
       WHERE ${Prisma.join(where, " AND ")}
       ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const page = toPage(rows, { limit, ...paged });
  return { ...page, items: page.items.map(toInboxItemDto) };
}

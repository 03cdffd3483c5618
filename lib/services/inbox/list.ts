import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type InboxItemDto, type InboxRow, toInboxItemDto } from "@/lib/services/inbox/dto";

export const ListInboxInput = z.strictObject(pageInput);

/** One page of one's own inbox: what is unread first, the newest of each first. */
export async function listInbox(ctx: Context, raw: unknown): Promise<Page<InboxItemDto>> {
  const actor = requirePerson(ctx, "inbox:own");
  const { after, before, limit } = parseInput(ListInboxInput, raw);
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 3);
  const order = backwards ? Prisma.sql`b.unread, b.created_at, b.id` : Prisma.sql`b.unread DESC, b.created_at DESC, b.id DESC`;
  const rows = await inInstitution(
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
       WHERE b.institution_id = ${actor.institutionId}::uuid AND b.subscriber_id = ${actor.subscriberId}::uuid
         ${cursor ? beyond(cursor, backwards) : Prisma.empty}
       ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const keyOf = (row: InboxRow) => [row.unread, row.createdAt.toISOString(), row.id];
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf });
  return { ...page, items: page.items.map(toInboxItemDto) };
}

function beyond([unread, at, id]: ReadonlyArray<string | number | boolean | null>, backwards: boolean): Prisma.Sql {
  const key = Prisma.sql`(${Boolean(unread)}, ${instant(at)}::timestamptz, ${uuid(id)}::uuid)`;
  return backwards ? Prisma.sql`AND (b.unread, b.created_at, b.id) > ${key}` : Prisma.sql`AND (b.unread, b.created_at, b.id) < ${key}`;
}

import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, searchText, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type MemberDto, type MemberRow, seesEmails, toMemberDto } from "@/lib/services/people/member-dto";

export const ListMembers = z.strictObject({ ...pageInput, q: searchText.optional() });

/** The members of the institution in the order in which they joined. */
export async function listMembers(ctx: Context, input: unknown): Promise<Page<MemberDto>> {
  const actor = requirePermission(ctx, "member:read");
  const { after, before, limit, q } = parseInput(ListMembers, input);
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const where = [Prisma.sql`m.institution_id = ${actor.institutionId}::uuid`];
  if (q) {
    // Whoever may not see an address must not find it letter by letter either.
    const searched = seesEmails(actor) ? Prisma.sql`u.name || ' ' || u.email` : Prisma.sql`u.name`;
    where.push(Prisma.sql`position(lower(${q}) IN lower(${searched})) > 0`);
  }
  if (cursor) {
    const key = Prisma.sql`(${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`;
    where.push(backwards ? Prisma.sql`(m.created_at, m.id) < ${key}` : Prisma.sql`(m.created_at, m.id) > ${key}`);
  }
  const order = backwards ? Prisma.sql`m.created_at DESC, m.id DESC` : Prisma.sql`m.created_at, m.id`;
  const rows = await inInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<MemberRow[]>`
      SELECT m.id, m.user_id AS "userId", u.name, u.email, m.role::text AS role, m.created_at AS "joinedAt"
        FROM membership m JOIN "user" u ON u.id = m.user_id
       WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf: (row) => [row.joinedAt.toISOString(), row.id] });
  return { ...page, items: page.items.map((row) => toMemberDto(row, actor)) };
}

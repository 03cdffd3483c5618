import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, searchText, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { keyset, type Order } from "@/lib/services/keyset";
import { type MemberDto, type MemberRow, seesEmails, toMemberDto } from "@/lib/services/people/member-dto";

export const ListMembers = z.strictObject({ ...pageInput, q: searchText.optional() });

const JOINED: Order<MemberRow> = {
  desc: false,
  columns: [
    ["m.created_at", "instant"],
    ["m.id", "uuid"],
  ],
  keyOf: (row) => [row.joinedAt.toISOString(), row.id],
};

/** The members of the institution in the order in which they joined. */
export async function listMembers(ctx: Context, input: unknown): Promise<Page<MemberDto>> {
  const actor = requirePermission(ctx, "member:read");
  const { limit, q, ...asked } = parseInput(ListMembers, input);
  const { beyond, order, ...paged } = keyset(JOINED, asked);
  const where = [Prisma.sql`m.institution_id = ${actor.institutionId}::uuid`, ...beyond];
  if (q) {
    // Whoever may not see an address must not find it letter by letter either.
    const searched = seesEmails(actor) ? Prisma.sql`u.name || ' ' || u.email` : Prisma.sql`u.name`;
    where.push(Prisma.sql`position(lower(${q}) IN lower(${searched})) > 0`);
  }
  const rows = await onceInInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<MemberRow[]>`
      SELECT m.id, m.user_id AS "userId", u.name, u.email, m.role::text AS role, m.created_at AS "joinedAt"
        FROM membership m JOIN "user" u ON u.id = m.user_id
       WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const page = toPage(rows, { limit, ...paged });
  return { ...page, items: page.items.map((row) => toMemberDto(row, actor)) };
}

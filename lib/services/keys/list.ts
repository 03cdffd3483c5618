import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { KEY_COLUMNS, KEY_TABLES, type KeyDto, type KeyRow, toKeyDto } from "@/lib/services/keys/dto";
import { withinReach } from "@/lib/services/keys/internal";

export const ListKeysInput = z.strictObject(pageInput);

/** One page of the keys that one may see, the newest first: all of the institution's, or one's own. */
export async function listKeys(ctx: Context, raw: unknown): Promise<Page<KeyDto>> {
  const caller = requirePermission(ctx, "key:own");
  const { after, before, limit } = parseInput(ListKeysInput, raw);
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const where = [withinReach(ctx, caller, "key:read")];
  if (cursor) {
    const key = Prisma.sql`(${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`;
    where.push(backwards ? Prisma.sql`(k.created_at, k.id) > ${key}` : Prisma.sql`(k.created_at, k.id) < ${key}`);
  }
  const order = backwards ? Prisma.sql`k.created_at, k.id` : Prisma.sql`k.created_at DESC, k.id DESC`;
  const rows = await inInstitution(
    caller.institutionId,
    (tx) => tx.$queryRaw<KeyRow[]>`
      SELECT ${KEY_COLUMNS} FROM ${KEY_TABLES} WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const keyOf = (row: KeyRow) => [row.createdAt.toISOString(), row.id];
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf });
  return { ...page, items: page.items.map(toKeyDto) };
}

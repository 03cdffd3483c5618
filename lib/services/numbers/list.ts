import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { NUMBER_COLUMNS, NUMBER_TABLES, type NumberDto, type NumberRow, toNumberDto } from "@/lib/services/numbers/dto";

export const ListNumbersInput = z.strictObject(pageInput);

/** One page of the institution's numbers, the newest first. */
export async function listNumbers(ctx: Context, raw: unknown): Promise<Page<NumberDto>> {
  const { institutionId } = requirePermission(ctx, "number:read");
  const { after, before, limit } = parseInput(ListNumbersInput, raw);
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const order = backwards ? Prisma.sql`n.created_at, n.id` : Prisma.sql`n.created_at DESC, n.id DESC`;
  const rows = await inInstitution(
    institutionId,
    (tx) => tx.$queryRaw<NumberRow[]>`
      SELECT ${NUMBER_COLUMNS} FROM ${NUMBER_TABLES}
       WHERE n.institution_id = ${institutionId}::uuid ${cursor ? beyond(cursor, backwards) : Prisma.empty}
       ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const keyOf = (row: NumberRow) => [row.createdAt.toISOString(), row.id];
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf });
  return { ...page, items: page.items.map(toNumberDto) };
}

function beyond([at, id]: ReadonlyArray<string | number | boolean | null>, backwards: boolean): Prisma.Sql {
  const key = Prisma.sql`(${instant(at)}::timestamptz, ${uuid(id)}::uuid)`;
  return backwards ? Prisma.sql`AND (n.created_at, n.id) > ${key}` : Prisma.sql`AND (n.created_at, n.id) < ${key}`;
}

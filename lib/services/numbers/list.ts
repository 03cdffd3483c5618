import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { newestFirst } from "@/lib/services/newest-first";
import { NUMBER_COLUMNS, NUMBER_TABLES, type NumberDto, type NumberRow, toNumberDto } from "@/lib/services/numbers/dto";

export const ListNumbersInput = z.strictObject(pageInput);

/** One page of the institution's numbers, the newest first. */
export async function listNumbers(ctx: Context, raw: unknown): Promise<Page<NumberDto>> {
  const { institutionId } = requirePermission(ctx, "number:read");
  const { limit, ...asked } = parseInput(ListNumbersInput, raw);
  const { beyond, order, ...paged } = newestFirst("n", asked);
  const where = [Prisma.sql`n.institution_id = ${institutionId}::uuid`, ...beyond];
  const rows = await onceInInstitution(
    institutionId,
    (tx) => tx.$queryRaw<NumberRow[]>`
      SELECT ${NUMBER_COLUMNS} FROM ${NUMBER_TABLES} WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const page = toPage(rows, { limit, ...paged });
  return { ...page, items: page.items.map(toNumberDto) };
}

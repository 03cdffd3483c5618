import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { newestFirst } from "@/lib/services/newest-first";
import {
  SIGNING_KEY_COLUMNS,
  SIGNING_KEY_TABLES,
  type SigningKeyDto,
  type SigningKeyRow,
  toSigningKeyDto,
} from "@/lib/services/signing-keys/dto";

export const ListSigningKeysInput = z.strictObject(pageInput);

/** One page of the institution's signing keys, the newest first. */
export async function listSigningKeys(ctx: Context, raw: unknown): Promise<Page<SigningKeyDto>> {
  const { institutionId } = requirePermission(ctx, "key:read");
  const { limit, ...asked } = parseInput(ListSigningKeysInput, raw);
  const { beyond, order, ...keyset } = newestFirst("s", asked);
  const where = [Prisma.sql`s.institution_id = ${institutionId}::uuid`, ...beyond];
  const rows = await inInstitution(
    institutionId,
    (tx) => tx.$queryRaw<SigningKeyRow[]>`
      SELECT ${SIGNING_KEY_COLUMNS} FROM ${SIGNING_KEY_TABLES}
       WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const page = toPage(rows, { limit, ...keyset });
  return { ...page, items: page.items.map(toSigningKeyDto) };
}

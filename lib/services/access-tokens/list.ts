import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type AccessTokenDto, type AccessTokenRow, TOKEN_COLUMNS, TOKEN_TABLES, toAccessTokenDto } from "@/lib/services/access-tokens/dto";
import { withinReach } from "@/lib/services/keys/internal";
import { newestFirst } from "@/lib/services/newest-first";

export const ListAccessTokensInput = z.strictObject(pageInput);

/** One page of the bearer tokens that one may see, the newest first: all of the institution's, or one's own. */
export async function listAccessTokens(ctx: Context, raw: unknown): Promise<Page<AccessTokenDto>> {
  const caller = requirePermission(ctx, "key:own");
  const { limit, ...asked } = parseInput(ListAccessTokensInput, raw);
  const { beyond, order, ...keyset } = newestFirst("k", asked);
  const where = [withinReach(ctx, caller, "key:read"), ...beyond];
  const rows = await inInstitution(
    caller.institutionId,
    (tx) => tx.$queryRaw<AccessTokenRow[]>`
      SELECT ${TOKEN_COLUMNS} FROM ${TOKEN_TABLES} WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const page = toPage(rows, { limit, ...keyset });
  return { ...page, items: page.items.map(toAccessTokenDto) };
}

import { z } from "zod";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import type { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { type AccessTokenRow, TOKEN_COLUMNS, TOKEN_TABLES } from "@/lib/services/access-tokens/dto";

export const AccessTokenRef = z.strictObject({ accessTokenId: z.string().refine(isId, { params: { reason: "invalid" } }) });

export async function findTokenRow(tx: Tx, reach: Prisma.Sql, id: string): Promise<AccessTokenRow> {
  const [row] = await tx.$queryRaw<AccessTokenRow[]>`SELECT ${TOKEN_COLUMNS} FROM ${TOKEN_TABLES} WHERE ${reach} AND k.id = ${id}::uuid`;
  if (!row) {
    throw notFound();
  }
  return row;
}

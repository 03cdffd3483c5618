import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { may } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { KEY_COLUMNS, KEY_TABLES, type KeyRow } from "@/lib/services/keys/dto";

export const KeyRef = z.strictObject({ keyId: z.string().refine(isId, { params: { reason: "invalid" } }) });

/** Whose keys somebody sees or ends: all of the institution's with the permission, their own without. */
export function withinReach(ctx: Context, { institutionId, userId }: Caller, permission: "key:read" | "key:write"): Prisma.Sql {
  const own = Prisma.sql`k.institution_id = ${institutionId}::uuid`;
  return may(ctx.actor, permission) ? own : Prisma.sql`${own} AND k.user_id = ${userId}::uuid`;
}

export async function findKeyRow(tx: Tx, reach: Prisma.Sql, id: string): Promise<KeyRow> {
  const [row] = await tx.$queryRaw<KeyRow[]>`SELECT ${KEY_COLUMNS} FROM ${KEY_TABLES} WHERE ${reach} AND k.id = ${id}::uuid`;
  if (!row) {
    throw notFound();
  }
  return row;
}

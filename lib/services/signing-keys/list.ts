import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type SigningKeyDto, type SigningKeyRow, toSigningKeyDto } from "@/lib/services/signing-keys/dto";

export const ListSigningKeysInput = z.strictObject(pageInput);

/** One page of the institution's signing keys, the newest first. */
export async function listSigningKeys(ctx: Context, raw: unknown): Promise<Page<SigningKeyDto>> {
  const { institutionId } = requirePermission(ctx, "key:read");
  const { after, before, limit } = parseInput(ListSigningKeysInput, raw);
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const where = [Prisma.sql`s.institution_id = ${institutionId}::uuid`];
  if (cursor) {
    const key = Prisma.sql`(${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`;
    where.push(backwards ? Prisma.sql`(s.created_at, s.id) > ${key}` : Prisma.sql`(s.created_at, s.id) < ${key}`);
  }
  const order = backwards ? Prisma.sql`s.created_at, s.id` : Prisma.sql`s.created_at DESC, s.id DESC`;
  const rows = await inInstitution(
    institutionId,
    (tx) => tx.$queryRaw<SigningKeyRow[]>`
      SELECT s.id, s.name, s.kid, s.public_key AS "publicKey", s.origin, s.created_at AS "createdAt", c.name AS "createdBy",
             s.last_used_at AS "lastUsedAt", s.revoked_at AS "revokedAt"
        FROM signing_key s LEFT JOIN "user" c ON c.id = s.created_by_id AND c.deleted_at IS NULL
       WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const keyOf = (row: SigningKeyRow) => [row.createdAt.toISOString(), row.id];
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf });
  return { ...page, items: page.items.map(toSigningKeyDto) };
}

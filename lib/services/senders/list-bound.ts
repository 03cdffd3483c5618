import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { type BoundSenderDto, readBoundSenders } from "@/lib/services/senders/bound-dto";

const ListBoundSendersInput = z.strictObject({
  after: pageInput.after,
  limit: pageInput.limit,
  type: z.enum(["email", "sms"]).optional(),
});

/** One page of an institution's mail and text senders, the newest first. */
export async function listBoundSenders(ctx: Context, raw: unknown): Promise<Page<BoundSenderDto>> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const { after, limit, type } = parseInput(ListBoundSendersInput, raw);
  const cursor = decodeCursor(after, 2);
  const where = [
    Prisma.sql`s.institution_id = ${institutionId}::uuid`,
    ...(type ? [Prisma.sql`s.type = ${type}`] : []),
    ...(cursor ? [Prisma.sql`(s.created_at, s.id) < (${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`] : []),
  ];
  const rows = await onceInInstitution(institutionId, (tx) =>
    readBoundSenders(tx, Prisma.join(where, " AND "), Prisma.sql`s.created_at DESC, s.id DESC`, limit + 1),
  );
  return toPage(rows, { limit, backwards: false, hasCursor: cursor !== null, keyOf: (row) => [row.createdAt, row.id] });
}

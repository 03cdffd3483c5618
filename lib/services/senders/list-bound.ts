import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { newestFirst } from "@/lib/services/newest-first";
import { type BoundSenderDto, readBoundSenders } from "@/lib/services/senders/bound-dto";

const ListBoundSendersInput = z.strictObject({
  after: pageInput.after,
  limit: pageInput.limit,
  type: z.enum(["email", "sms"]).optional(),
});

/** One page of an institution's mail and text senders, the newest first. */
export async function listBoundSenders(ctx: Context, raw: unknown): Promise<Page<BoundSenderDto>> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const { limit, type, ...asked } = parseInput(ListBoundSendersInput, raw);
  const { beyond, order, ...paged } = newestFirst("s", asked);
  const where = [Prisma.sql`s.institution_id = ${institutionId}::uuid`, ...(type ? [Prisma.sql`s.type = ${type}`] : []), ...beyond];
  const rows = await onceInInstitution(institutionId, (tx) => readBoundSenders(tx, Prisma.join(where, " AND "), order, limit + 1));
  return toPage(rows, { limit, ...paged });
}

import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import { decodeCursor, instant, pageInput, searchText, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type IntegrationDto, readIntegrations } from "@/lib/services/integrations/dto";

export const ListIntegrationsInput = z.strictObject({
  ...pageInput,
  q: searchText.optional(),
  channel: z.enum(CHANNELS).optional(),
  provider: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
});

/** One page of an institution's accounts with providers, the newest first. */
export async function listIntegrations(ctx: Context, raw: unknown): Promise<Page<IntegrationDto>> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const { q, channel, provider, before, after, limit } = parseInput(ListIntegrationsInput, raw);
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const key = cursor && Prisma.sql`(${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`;
  const where = [
    Prisma.sql`i.institution_id = ${institutionId}::uuid`,
    ...(q ? [Prisma.sql`position(lower(${q}) IN lower(concat_ws(' ', i.name, i.identifier, i.provider, i.config ->> 'host'))) > 0`] : []),
    ...(channel ? [Prisma.sql`i.channel = ${channel}`] : []),
    ...(provider ? [Prisma.sql`i.provider = ${provider}`] : []),
    ...(key ? [backwards ? Prisma.sql`(i.created_at, i.id) > ${key}` : Prisma.sql`(i.created_at, i.id) < ${key}`] : []),
  ];
  const rows = await inInstitution(institutionId, (tx) => readIntegrations(tx, Prisma.join(where, " AND "), limit + 1, backwards));
  return toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf: (row) => [row.createdAt, row.id] });
}

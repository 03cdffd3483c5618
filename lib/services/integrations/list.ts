import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import { pageInput, searchText, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type IntegrationDto, readIntegrations } from "@/lib/services/integrations/dto";
import { newestFirst } from "@/lib/services/newest-first";

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
  const { q, channel, provider, limit, ...asked } = parseInput(ListIntegrationsInput, raw);
  const { beyond, order, ...paged } = newestFirst("i", asked);
  const where = [
    Prisma.sql`i.institution_id = ${institutionId}::uuid`,
    ...(q ? [Prisma.sql`position(lower(${q}) IN lower(concat_ws(' ', i.name, i.identifier, i.provider, i.config ->> 'host'))) > 0`] : []),
    ...(channel ? [Prisma.sql`i.channel = ${channel}`] : []),
    ...(provider ? [Prisma.sql`i.provider = ${provider}`] : []),
    ...beyond,
  ];
  const tail = Prisma.sql`ORDER BY ${order} LIMIT ${limit + 1}`;
  const rows = await inInstitution(institutionId, (tx) => readIntegrations(tx, Prisma.join(where, " AND "), tail));
  return toPage(rows, { limit, ...paged });
}

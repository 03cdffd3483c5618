import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import { pageInput, searchText, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type ConnectionDto, readConnections } from "@/lib/services/connections/dto";
import { idSchema, modeSchema } from "@/lib/services/connections/fields";
import { resourceConditions } from "@/lib/services/connections/filters";
import { newestFirst } from "@/lib/services/newest-first";

export const ListConnectionsInput = z.strictObject({
  ...pageInput,
  q: searchText.optional(),
  channel: z.enum(CHANNELS).optional(),
  mode: modeSchema.optional(),
  integrationId: idSchema.optional(),
  subscriberId: idSchema.optional(),
});

/** One page of an institution's connections, the newest first. */
export async function listConnections(ctx: Context, raw: unknown): Promise<Page<ConnectionDto>> {
  const { institutionId } = requirePermission(ctx, "connection:read");
  const input = parseInput(ListConnectionsInput, raw);
  const { q, mode, limit } = input;
  const { beyond, order, ...paged } = newestFirst("r", input);
  const searched = Prisma.sql`lower(concat_ws(' ', r.identifier, r.workspace_id, r.workspace_name, array_to_string(r.context_keys, ' '), i.name, s.external_id, s.name))`;
  const where = [
    Prisma.sql`r.institution_id = ${institutionId}::uuid`,
    ...resourceConditions(institutionId, input),
    ...(mode === undefined ? [] : [Prisma.sql`r.mode = ${mode}`]),
    ...(q ? [Prisma.sql`position(lower(${q}) IN ${searched}) > 0`] : []),
    ...beyond,
  ];
  const tail = Prisma.sql`ORDER BY ${order} LIMIT ${limit + 1}`;
  const rows = await inInstitution(institutionId, (tx) => readConnections(tx, Prisma.join(where, " AND "), tail));
  return toPage(rows, { limit, ...paged });
}

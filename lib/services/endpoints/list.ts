import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { idSchema } from "@/lib/services/connections/fields";
import { resourceConditions } from "@/lib/services/connections/filters";
import { type EndpointDto, readEndpoints } from "@/lib/services/endpoints/dto";
import { newestFirst } from "@/lib/services/newest-first";

export const ListEndpointsInput = z.strictObject({
  ...pageInput,
  integrationId: idSchema.optional(),
  connectionId: idSchema.optional(),
  subscriberId: idSchema.optional(),
});

/** One page of an institution's endpoints, the newest first. */
export async function listEndpoints(ctx: Context, raw: unknown): Promise<Page<EndpointDto>> {
  const { institutionId } = requirePermission(ctx, "connection:read");
  const input = parseInput(ListEndpointsInput, raw);
  const { connectionId, limit } = input;
  const { beyond, order, ...paged } = newestFirst("r", input);
  const where = [
    Prisma.sql`r.institution_id = ${institutionId}::uuid`,
    ...resourceConditions(institutionId, input),
    ...(connectionId === undefined ? [] : [Prisma.sql`r.connection_id = ${connectionId}::uuid`]),
    ...beyond,
  ];
  const tail = Prisma.sql`ORDER BY ${order} LIMIT ${limit + 1}`;
  const rows = await inInstitution(institutionId, (tx) => readEndpoints(tx, Prisma.join(where, " AND "), tail));
  return toPage(rows, { limit, ...paged });
}

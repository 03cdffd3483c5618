import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type Browsed, browseInput, browseRows } from "@/lib/services/connections/browse-rows";
import { resourceConditions, resourceFilters } from "@/lib/services/connections/filters";
import { storable } from "@/lib/services/connections/resource";
import { type EndpointDto, readEndpoints } from "@/lib/services/endpoints/dto";

const BrowseEndpointsInput = z.strictObject({ ...browseInput, ...resourceFilters, connectionIdentifier: z.string().optional() });

/** Endpoints for programs that page by ids. A cursor that names nothing here gives an empty page. */
export async function browseEndpoints(ctx: Context, raw: unknown): Promise<Browsed<EndpointDto>> {
  const { institutionId } = requirePermission(ctx, "connection:read");
  const input = parseInput(BrowseEndpointsInput, raw);
  const { connectionIdentifier } = input;
  const where = [
    ...resourceConditions(institutionId, input),
    ...(connectionIdentifier === undefined
      ? []
      : [
          Prisma.sql`r.connection_id = (SELECT id FROM connection
            WHERE institution_id = ${institutionId}::uuid AND identifier = ${storable(connectionIdentifier)})`,
        ]),
  ];
  return inInstitution(institutionId, (tx) =>
    browseRows(tx, input, {
      institutionId,
      table: Prisma.sql`endpoint`,
      where,
      read: (condition, tail) => readEndpoints(tx, condition, tail),
    }),
  );
}

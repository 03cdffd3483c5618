import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type Browsed, browseInput, browseRows } from "@/lib/services/connections/browse-rows";
import { type ConnectionDto, readConnections } from "@/lib/services/connections/dto";
import { modeSchema } from "@/lib/services/connections/fields";
import { resourceConditions, resourceFilters } from "@/lib/services/connections/filters";

const BrowseConnectionsInput = z.strictObject({ ...browseInput, ...resourceFilters, mode: modeSchema.optional() });

/** Connections for programs that page by ids. A cursor that names nothing here gives an empty page. */
export async function browseConnections(ctx: Context, raw: unknown): Promise<Browsed<ConnectionDto>> {
  const { institutionId } = requirePermission(ctx, "connection:read");
  const input = parseInput(BrowseConnectionsInput, raw);
  const where = [...resourceConditions(institutionId, input), ...(input.mode === undefined ? [] : [Prisma.sql`r.mode = ${input.mode}`])];
  return inInstitution(institutionId, (tx) =>
    browseRows(tx, input, {
      institutionId,
      table: Prisma.sql`connection`,
      where,
      read: (condition, tail) => readConnections(tx, condition, tail),
    }),
  );
}

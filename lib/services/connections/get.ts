import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import type { ConnectionDto } from "@/lib/services/connections/dto";
import { ConnectionRef } from "@/lib/services/connections/fields";
import { showConnection } from "@/lib/services/connections/internal";

export async function getConnection(ctx: Context, raw: unknown): Promise<ConnectionDto> {
  const { institutionId } = requirePermission(ctx, "connection:read");
  const named = parseInput(ConnectionRef, raw);
  return inInstitution(institutionId, (tx) => showConnection(tx, institutionId, named));
}

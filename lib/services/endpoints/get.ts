import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import type { EndpointDto } from "@/lib/services/endpoints/dto";
import { EndpointRef, showEndpoint } from "@/lib/services/endpoints/internal";

export async function getEndpoint(ctx: Context, raw: unknown): Promise<EndpointDto> {
  const { institutionId } = requirePermission(ctx, "connection:read");
  const named = parseInput(EndpointRef, raw);
  return inInstitution(institutionId, (tx) => showEndpoint(tx, institutionId, named));
}

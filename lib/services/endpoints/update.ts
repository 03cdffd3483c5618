import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import type { EndpointDto } from "@/lib/services/endpoints/dto";
import { EndpointRef, fittingEndpoint, lockEndpoint, showEndpoint, snapshot } from "@/lib/services/endpoints/internal";

export const UpdateEndpointInput = z.strictObject({ ...EndpointRef.shape, endpoint: z.unknown() });

/** Another address of the same type. */
export async function updateEndpoint(ctx: Context, raw: unknown): Promise<EndpointDto> {
  const { institutionId } = requirePermission(ctx, "connection:write");
  const { endpoint, ...named } = parseInput(UpdateEndpointInput, raw);
  return inInstitution(institutionId, async (tx) => {
    const before = await lockEndpoint(tx, institutionId, named);
    await tx.endpoint.update({
      where: { institutionId_id: { institutionId, id: before.id } },
      data: { endpoint: fittingEndpoint(before.type, endpoint), updatedAt: new Date() },
    });
    await audit(tx, institutionId, ctx, {
      action: "endpoint.updated",
      object: { type: "endpoint", id: before.id },
      subscriberId: before.subscriber?.id ?? null,
      after: snapshot(before),
    });
    return showEndpoint(tx, institutionId, { endpointId: before.id });
  });
}

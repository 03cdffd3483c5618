import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { EndpointRef, lockEndpoint, snapshot } from "@/lib/services/endpoints/internal";

export async function deleteEndpoint(ctx: Context, raw: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "connection:write");
  const named = parseInput(EndpointRef, raw);
  await inInstitution(institutionId, async (tx) => {
    const row = await lockEndpoint(tx, institutionId, named);
    await tx.endpoint.delete({ where: { institutionId_id: { institutionId, id: row.id } } });
    await audit(tx, institutionId, ctx, {
      action: "endpoint.deleted",
      object: { type: "endpoint", id: row.id },
      subscriberId: row.subscriber?.id ?? null,
      before: snapshot(row),
    });
  });
}

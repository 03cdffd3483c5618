import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { IntegrationRef, lockIntegration, refuseInUse, removeIntegration } from "@/lib/services/integrations/internal";

/** Deletes an account and its secrets, unless a sender or a number stands on it. */
export async function deleteIntegration(ctx: Context, raw: unknown): Promise<{ name: string }> {
  const { institutionId } = requirePermission(ctx, "sender:write");
  const { integrationId } = parseInput(IntegrationRef, raw);
  return inInstitution(institutionId, async (tx) => {
    const row = await lockIntegration(tx, institutionId, integrationId);
    await refuseInUse(tx, row);
    await removeIntegration(tx, ctx, row);
    return { name: row.name };
  });
}

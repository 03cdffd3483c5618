import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { singleLineText } from "@/lib/core/safe-text";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import type { IntegrationDto } from "@/lib/services/integrations/dto";
import { showIntegration } from "@/lib/services/integrations/get";
import { IntegrationRef, lockIntegration } from "@/lib/services/integrations/internal";

export const RenameInput = z.strictObject({ ...IntegrationRef.shape, name: singleLineText({ max: 255 }) });

/** Its name; what is in it is changed through the senders that stand on it. */
export async function renameIntegration(ctx: Context, raw: unknown): Promise<IntegrationDto> {
  const { institutionId, userId } = requirePermission(ctx, "sender:write");
  const { integrationId, name } = parseInput(RenameInput, raw);
  return inInstitution(institutionId, async (tx) => {
    const before = await lockIntegration(tx, institutionId, integrationId);
    if (before.name !== name) {
      await tx.integration.update({
        where: { institutionId_id: { institutionId, id: integrationId } },
        data: { name, updatedById: userId, updatedAt: new Date() },
      });
      const object = { type: "integration", id: integrationId };
      await audit(tx, institutionId, ctx, { action: "integration.updated", object, before: { name: before.name }, after: { name } });
    }
    return showIntegration(tx, institutionId, integrationId);
  });
}

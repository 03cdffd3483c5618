import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { fieldError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { singleLineText } from "@/lib/core/safe-text";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { identifierTaken } from "@/lib/services/connections/create";
import type { IntegrationDto } from "@/lib/services/integrations/dto";
import { showIntegration } from "@/lib/services/integrations/get";
import { IntegrationRef, integrationIdentifier, lockIntegration } from "@/lib/services/integrations/internal";

export const RenameInput = z.strictObject({
  ...IntegrationRef.shape,
  name: singleLineText({ max: 255 }).optional(),
  identifier: integrationIdentifier.optional(),
});

/**
 * What people and what programs call it. All that stands on it does so by its ID and stays; a program that still asks by
 * the old identifier finds nothing. What is in it is changed elsewhere.
 */
export async function renameIntegration(ctx: Context, raw: unknown): Promise<IntegrationDto> {
  const { institutionId, userId } = requirePermission(ctx, "sender:write");
  const { integrationId, ...given } = parseInput(RenameInput, raw);
  if (given.name === undefined && given.identifier === undefined) {
    throw fieldError("name", "required");
  }
  try {
    return await inInstitution(institutionId, async (tx) => {
      const { name, identifier } = await lockIntegration(tx, institutionId, integrationId, given.identifier !== undefined);
      const changes = {
        ...(given.name === undefined || given.name === name ? {} : { name: given.name }),
        ...(given.identifier === undefined || given.identifier === identifier ? {} : { identifier: given.identifier }),
      };
      if (Object.keys(changes).length > 0) {
        await tx.integration.update({
          where: { institutionId_id: { institutionId, id: integrationId } },
          data: { ...changes, updatedById: userId, updatedAt: new Date() },
        });
        await audit(tx, institutionId, ctx, {
          action: "integration.updated",
          object: { type: "integration", id: integrationId },
          before: { ...("name" in changes ? { name } : {}), ...("identifier" in changes ? { identifier } : {}) },
          after: changes,
        });
      }
      return showIntegration(tx, institutionId, integrationId);
    });
  } catch (error) {
    throw violatedConstraint(error) === "integration_identifier_key" ? identifierTaken(given.identifier ?? "") : error;
  }
}

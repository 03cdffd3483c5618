import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { CredentialForm } from "@/lib/channels/providers/catalogue/define";
import { catalogueEntry } from "@/lib/channels/providers/catalogue/registry";
import { providerType } from "@/lib/channels/providers/registry";
import { AppError, fieldError } from "@/lib/core/errors";
import { newIdentifier } from "@/lib/core/new-identifier";
import { parseInput } from "@/lib/core/parse-input";
import { singleLineText } from "@/lib/core/safe-text";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { identifierTaken } from "@/lib/services/connections/create";
import { configSchema, mergeConfig } from "@/lib/services/integrations/config";
import type { IntegrationDto } from "@/lib/services/integrations/dto";
import { showIntegration } from "@/lib/services/integrations/get";
import { insertIntegration, integrationIdentifier } from "@/lib/services/integrations/internal";

export const CreateIntegrationInput = z.strictObject({
  /** As the catalogue names it, or as it is called here. */
  provider: z.string().regex(/^[\w-]{1,64}$/),
  name: singleLineText({ max: 255 }),
  identifier: integrationIdentifier.optional(),
  config: configSchema.default({}),
});

/** Keeps an account with a provider, its secrets sealed; whether messages can go out through it is the provider's matter. */
export async function createIntegration(ctx: Context, raw: unknown): Promise<IntegrationDto> {
  const actor = requirePermission(ctx, "sender:write");
  const { institutionId } = actor;
  const { provider, name, config, identifier } = parseInput(CreateIntegrationInput, raw);
  const type = requireForm(provider);
  const merged = mergeConfig(type, config);
  const called = identifier ?? newIdentifier(catalogueEntry(provider)?.id ?? type.id.replaceAll("_", "-"), "-", 6);
  try {
    return await inInstitution(institutionId, async (tx) => {
      await refuseTooMany(tx, institutionId);
      const row = await insertIntegration(tx, ctx, actor, { name, identifier: called, type, ...merged });
      return showIntegration(tx, institutionId, row.id);
    });
  } catch (error) {
    throw violatedConstraint(error) === "integration_identifier_key" ? identifierTaken(called) : error;
  }
}

/** The form of a provider that an account may be kept of here and now. */
function requireForm(provider: string): CredentialForm {
  const type = providerType(catalogueEntry(provider)?.form.id ?? provider);
  const form = type ? (type.available(env().reach) ? type : undefined) : catalogueEntry(provider)?.form;
  if (!form) {
    throw fieldError("provider", "invalid");
  }
  return form;
}

/** R34, after the institution's row is locked. */
async function refuseTooMany(tx: Tx, institutionId: string): Promise<void> {
  const max = env().limits.integrationsPerInstitution;
  await tx.$queryRaw`SELECT id FROM institution WHERE id = ${institutionId}::uuid FOR NO KEY UPDATE`;
  if ((await tx.integration.count({ where: { institutionId } })) >= max) {
    throw new AppError("limit_exceeded", { reason: "integrationLimit", params: { max } });
  }
}

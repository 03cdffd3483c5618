import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { credentialForm } from "@/lib/channels/providers/catalogue/registry";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { DecryptError } from "@/lib/crypto/seal";
import type { Integration, Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { configSchema, mergeConfig, type PlainConfig } from "@/lib/services/integrations/config";
import type { IntegrationDto } from "@/lib/services/integrations/dto";
import { showIntegration } from "@/lib/services/integrations/get";
import { IntegrationRef, lockIntegration, masks } from "@/lib/services/integrations/internal";
import {
  factsAfter,
  integrationPlace,
  openSecrets,
  type SecretFacts,
  type Secrets,
  sealSecrets,
} from "@/lib/services/integrations/secrets";
import { configSnapshot } from "@/lib/services/senders/snapshot";

export const ConfigureInput = z.strictObject({ ...IntegrationRef.shape, config: configSchema });

/** What an account asks for, anew. Where senders stand on it, it is changed through them: each has a proof to lose (R49). */
export async function configureIntegration(ctx: Context, raw: unknown): Promise<IntegrationDto> {
  const { institutionId, userId } = requirePermission(ctx, "sender:write");
  const { integrationId, config } = parseInput(ConfigureInput, raw);
  const done = await inInstitution(institutionId, async (tx) => {
    const row = await lockIntegration(tx, institutionId, integrationId);
    const form = credentialForm(row.provider);
    if (!form) {
      throw new AppError("precondition_failed", { reason: "unknownProvider" });
    }
    // push and chat senders have no proof, and no form for their account either
    if ((await tx.sender.count({ where: { institutionId, integrationId, type: { in: ["email", "sms"] } } })) > 0) {
      throw new AppError("precondition_failed", { reason: "integrationHasSenders" });
    }
    const secrets = await openOrAudit(tx, ctx, row);
    if (secrets === null) {
      return null;
    }
    const merged = mergeConfig(form, config, { config: row.config as PlainConfig, secrets });
    if (merged.changed.length === 0 && merged.renewed.length === 0) {
      return showIntegration(tx, institutionId, integrationId);
    }
    const version = row.secretsVersion + 1;
    const now = new Date();
    await tx.integration.update({
      where: { institutionId_id: { institutionId, id: integrationId } },
      data: {
        config: merged.config as Prisma.InputJsonObject,
        configVersion: form.configVersion,
        secrets: sealSecrets(merged.secrets, integrationPlace(institutionId, integrationId, version)),
        secretsVersion: version,
        secretFacts: factsAfter(row.secretFacts as SecretFacts, merged.secrets, merged.renewed, userId, now),
        updatedById: userId,
        updatedAt: now,
      },
    });
    await audit(tx, institutionId, ctx, {
      action: "integration.updated",
      object: { type: "integration", id: integrationId },
      before: configSnapshot(row.config as PlainConfig, merged.changed),
      after: { ...configSnapshot(merged.config, merged.changed), ...masks(merged.renewed) },
    });
    return showIntegration(tx, institutionId, integrationId);
  });
  if (done === null) {
    throw new AppError("precondition_failed", { reason: "integrationUnreadable" });
  }
  return done;
}

async function openOrAudit(tx: Tx, ctx: Context, { institutionId, id, secrets, secretsVersion }: Integration): Promise<Secrets | null> {
  try {
    return openSecrets(secrets, integrationPlace(institutionId, id, secretsVersion));
  } catch (error) {
    if (!(error instanceof DecryptError)) {
      throw error;
    }
    const object = { type: "integration", id };
    await audit(tx, institutionId, ctx, { action: "crypt_decrypt_fail", object, outcome: "failed", after: { reason: error.reason } });
    return null;
  }
}

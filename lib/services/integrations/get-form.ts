import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { secretsOf } from "@/lib/channels/form-spec-for";
import { credentialForm } from "@/lib/channels/providers/catalogue/registry";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { maskedConfig, type PlainConfig } from "@/lib/services/integrations/config";
import { IntegrationRef } from "@/lib/services/integrations/internal";

/** What an account's form starts from: every stored secret is its mask (R45). */
export async function getIntegrationForm(ctx: Context, raw: unknown): Promise<{ config: Record<string, unknown> }> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const { integrationId } = parseInput(IntegrationRef, raw);
  return inInstitution(institutionId, async (tx) => {
    const row = await tx.integration.findFirst({
      where: { institutionId, id: integrationId },
      select: { provider: true, config: true, secretFacts: true },
    });
    if (!row) {
      throw notFound();
    }
    const form = credentialForm(row.provider);
    const secret = form ? secretsOf(form) : [];
    const plain = Object.entries(row.config as PlainConfig).filter(([name]) => !secret.includes(name));
    return { config: maskedConfig(Object.fromEntries(plain), Object.keys(row.secretFacts as object)) };
  });
}

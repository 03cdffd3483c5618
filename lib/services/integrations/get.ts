import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { type IntegrationDto, readIntegrations } from "@/lib/services/integrations/dto";
import { IntegrationRef } from "@/lib/services/integrations/internal";

export async function getIntegration(ctx: Context, raw: unknown): Promise<IntegrationDto> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const { integrationId } = parseInput(IntegrationRef, raw);
  return inInstitution(institutionId, (tx) => showIntegration(tx, institutionId, integrationId));
}

export async function showIntegration(tx: Tx, institutionId: string, id: string): Promise<IntegrationDto> {
  const [row] = await readIntegrations(tx, Prisma.sql`i.institution_id = ${institutionId}::uuid AND i.id = ${id}::uuid`);
  if (!row) {
    throw notFound();
  }
  return row;
}

import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import type { ProviderType } from "@/lib/channels/providers/define";
import { SECRET_MASK } from "@/lib/channels/secret-mask";
import { AppError, notFound } from "@/lib/core/errors";
import { isId, newId } from "@/lib/core/ids";
import { type Integration, Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import type { PlainConfig } from "@/lib/services/integrations/config";
import { factsAfter, integrationPlace, type SecretFacts, type Secrets, sealSecrets } from "@/lib/services/integrations/secrets";
import { configSnapshot } from "@/lib/services/senders/snapshot";

export const IntegrationRef = z.strictObject({ integrationId: z.string().refine(isId, { params: { reason: "invalid" } }) });

/** How programs name an account. */
export const integrationIdentifier = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, { error: "identifier" });

/** Locks and returns one integration, `whole` for a change of what it is named by; unknown and foreign look the same. */
export async function lockIntegration(tx: Tx, institutionId: string, id: string, whole = false): Promise<Integration> {
  const strength = whole ? Prisma.sql`FOR UPDATE` : Prisma.sql`FOR NO KEY UPDATE`;
  const [, row] = await Promise.all([
    tx.$queryRaw`SELECT id FROM integration WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid ${strength}`,
    tx.integration.findFirst({ where: { institutionId, id } }),
  ]);
  if (!row) {
    throw notFound();
  }
  return row;
}

interface NewIntegration {
  name: string;
  /** How programs name it; the database makes a name otherwise. */
  identifier?: string;
  type: Pick<ProviderType, "id" | "configVersion"> & { channel: string };
  config: PlainConfig;
  secrets: Secrets;
  /** Of secrets that are copied: when they were set, and by whom. */
  facts?: SecretFacts;
}

export async function insertIntegration(tx: Tx, ctx: Context, actor: Caller, given: NewIntegration): Promise<Integration> {
  const { institutionId, userId } = actor;
  const { name, identifier, type, config, secrets, facts = {} } = given;
  const id = newId();
  const creating = tx.integration.create({
    data: {
      institutionId,
      id,
      name,
      ...(identifier === undefined ? {} : { identifier }),
      provider: type.id,
      channel: type.channel,
      config: config as Prisma.InputJsonObject,
      configVersion: type.configVersion,
      secrets: sealSecrets(secrets, integrationPlace(institutionId, id, 1)),
      secretsVersion: 1,
      secretFacts: factsAfter(facts, secrets, [], userId, new Date()),
      createdById: userId,
      updatedById: userId,
    },
  });
  const [row] = await Promise.all([
    creating,
    audit(tx, institutionId, ctx, {
      action: "integration.created",
      object: { type: "integration", id },
      after: {
        name,
        ...(identifier === undefined ? {} : { identifier }),
        provider: type.id,
        ...configSnapshot(config, Object.keys(config)),
        ...masks(Object.keys(secrets)),
      },
    }),
  ]);
  return row;
}

/** Secrets as audit rows have them: that they are there, and nothing else (R45). */
export function masks(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, SECRET_MASK]));
}

const NAMED_MAX = 20;

/** Refused while a sender, a number, a connection or an endpoint stands on it; says which. */
export async function refuseInUse(tx: Tx, { institutionId, id }: Pick<Integration, "institutionId" | "id">): Promise<void> {
  const where = { institutionId, integrationId: id };
  const senders = await tx.sender.findMany({ where, select: { name: true }, orderBy: { name: "asc" } });
  const numbers = await tx.phoneNumber.findMany({ where, select: { number: true }, orderBy: { number: "asc" } });
  const some = { where, select: { identifier: true }, orderBy: { identifier: "asc" }, take: NAMED_MAX } as const;
  const connections = await tx.connection.findMany(some);
  const endpoints = await tx.endpoint.findMany(some);
  const names = [
    ...senders.map(({ name }) => name),
    ...numbers.map(({ number }) => number),
    ...[...connections, ...endpoints].map(({ identifier }) => identifier),
  ];
  if (names.length > 0) {
    throw new AppError("conflict", { reason: "integrationInUse", params: { names: names.join(", ") } });
  }
}

/** Deletes an integration that nothing stands on, and its secrets with it. */
export async function removeIntegration(tx: Tx, ctx: Context, row: Integration): Promise<void> {
  const { institutionId, id, name, identifier, provider } = row;
  await tx.integration.delete({ where: { institutionId_id: { institutionId, id } } });
  await audit(tx, institutionId, ctx, {
    action: "integration.deleted",
    object: { type: "integration", id },
    before: { name, identifier, provider },
  });
}

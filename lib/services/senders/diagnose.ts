import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { DiagnosisEvent } from "@/lib/channels/diagnosis";
import type { SecretKeeper } from "@/lib/channels/providers/define";
import { AppError, fieldError, notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { DecryptError } from "@/lib/crypto/seal";
import type { Integration } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { configSchema, type MergedConfig, mergeConfig, type PlainConfig, type StoredConfig } from "@/lib/services/integrations/config";
import { secretKeeper } from "@/lib/services/integrations/keep-secrets";
import { integrationPlace, openSecrets } from "@/lib/services/integrations/secrets";
import { type Check, climb, takeTurn } from "@/lib/services/senders/check";
import { idSchema, providerId, senderFields } from "@/lib/services/senders/fields";
import { findSender, requireAvailable, requireDelivering } from "@/lib/services/senders/internal";
import { ownAddressNeeded, ownVerifiedAddress } from "@/lib/services/senders/own-address";

export const DiagnoseInput = z.strictObject({
  /** A saved sender, as it stands or with edits; else an account that is there, or a new one. */
  senderId: idSchema.optional(),
  integrationId: idSchema.optional(),
  provider: providerId.optional(),
  config: configSchema.optional(),
  whole: z.boolean().default(false),
  fromAddress: senderFields.fromAddress.optional(),
  fromNumber: senderFields.fromNumber.optional(),
  /** Sends one real message to the person's own verified address. */
  send: z.boolean().default(false),
});

type Input = z.output<typeof DiagnoseInput>;

/**
 * Tries settings, saved or not, rung by rung. A stored secret is used only where it was meant for (R44), and nothing is
 * sent to anybody but the person who asks (R32). What is refused is thrown before the first event.
 */
export async function diagnoseSender(ctx: Context, raw: unknown, signal?: AbortSignal): Promise<AsyncGenerator<DiagnosisEvent, void>> {
  const actor = requirePermission(ctx, "sender:write");
  const input = parseInput(DiagnoseInput, raw);
  const check = await inInstitution(actor.institutionId, (tx) => readCheck(tx, ctx, actor, input));
  if (check === null) {
    throw new AppError("precondition_failed", { reason: "secretUnreadable" });
  }
  const turn = await takeTurn(actor, check);
  return climb(ctx, actor, check, turn, signal);
}

/** What is to be looked at, merged and judged. null: its stored secrets do not open, which was audited. */
export async function readCheck(tx: Tx, ctx: Context, actor: Caller, input: Input): Promise<Check | null> {
  const row = input.senderId ? await findSender(tx, actor, input.senderId) : null;
  const given = Object.entries({ integrationId: input.integrationId, provider: input.provider }).find(([, value]) => value !== undefined);
  if (row && given) {
    throw fieldError(given[0], "unknown");
  }
  const integration = row?.integration ?? (await integrationOf(tx, actor, input.integrationId));
  const provider = integration ? requireDelivering(integration.provider) : requireAvailable(input.provider ?? "");
  const stored = await storedOf(tx, ctx, actor, integration);
  if (stored === null && !input.config) {
    return null;
  }
  const known = stored ?? { config: (integration?.config ?? {}) as PlainConfig, secrets: {} };
  const merged = mergeConfig(provider, input.config ?? {}, known, input.config !== undefined && (input.whole || !integration));
  const saved = row && { address: row.fromAddress, number: row.fromNumber };
  const own = await ownVerifiedAddress(tx, actor, provider.channel);
  if (input.send && !own) {
    throw ownAddressNeeded(provider.channel);
  }
  const from = provider.channel === "email" ? (input.fromAddress ?? saved?.address) : (input.fromNumber ?? saved?.number);
  const edited = merged.changed.length > 0 || merged.renewed.length > 0 || from !== (saved?.address ?? saved?.number);
  return {
    provider,
    config: merged.full,
    from: from ?? null,
    to: own?.address ?? null,
    send: input.send,
    keeper: integration && keeperOf(integration, merged),
    senderId: row?.id ?? null,
    savedRevision: row && !edited ? row.revision : null,
  };
}

function keeperOf({ institutionId, id, secretsVersion }: Integration, { secrets, renewed }: MergedConfig): SecretKeeper {
  const fields = Object.keys(secrets).filter((name) => !renewed.includes(name));
  return secretKeeper({ institutionId, integrationId: id, at: { secretsVersion }, fields });
}

async function integrationOf(tx: Tx, { institutionId }: Caller, id: string | undefined) {
  if (id === undefined) {
    return null;
  }
  const integration = await tx.integration.findFirst({ where: { institutionId, id } });
  if (!integration) {
    throw notFound();
  }
  return integration;
}

async function storedOf(
  tx: Tx,
  ctx: Context,
  { institutionId }: Caller,
  integration: Awaited<ReturnType<typeof integrationOf>>,
): Promise<StoredConfig | null> {
  if (!integration) {
    return { config: {}, secrets: {} };
  }
  const { id, secrets, secretsVersion, config } = integration;
  try {
    return { config: config as PlainConfig, secrets: openSecrets(secrets, integrationPlace(institutionId, id, secretsVersion)) };
  } catch (error) {
    if (!(error instanceof DecryptError)) {
      throw error;
    }
    const object = { type: "integration", id };
    await audit(tx, institutionId, ctx, { action: "crypt_decrypt_fail", object, outcome: "failed", after: { reason: error.reason } });
    return null;
  }
}

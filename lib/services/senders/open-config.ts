import type { Context } from "@/lib/auth/actor";
import type { ProviderType } from "@/lib/channels/providers/define";
import { providerType } from "@/lib/channels/providers/registry";
import { DecryptError } from "@/lib/crypto/seal";
import type { Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import type { PlainConfig } from "@/lib/services/integrations/config";
import { integrationPlace, openSecrets, provenPlace, type Secrets } from "@/lib/services/integrations/secrets";
import { isSending } from "@/lib/services/senders/dto";
import type { SenderRow } from "@/lib/services/senders/internal";

/** What a proof is of; `secrets` stand sealed beside it. */
export interface ProvenSnapshot {
  provider: string;
  config: PlainConfig;
  fromAddress: string | null;
  fromNumber: string | null;
}

export interface OpenedSender {
  provider: ProviderType;
  /** With its secrets: for the provider alone. */
  config: Record<string, unknown>;
  fromAddress: string | null;
  fromName: string | null;
  fromNumber: string | null;
  /** Which state of its settings this is: an outlet opened for one serves no other. */
  revision: number;
}

export type SenderOpening = { ok: true; sender: OpenedSender } | { ok: false; reason: "not_sending" | "unknown_provider" | "unreadable" };

/**
 * The settings that a sender sends with, opened: as they stand while they are proven, else as they were proven last
 * (R49). `current`: as they stand, proven or not, for their own verification. What does not open is audited, and said.
 */
export async function openSender(tx: Tx, ctx: Context, row: SenderRow, which: "sending" | "current"): Promise<SenderOpening> {
  if (which === "sending" && !isSending(row)) {
    return { ok: false, reason: "not_sending" };
  }
  const current = which === "current" || row.revision === row.provenRevision;
  const snapshot = current ? currentSnapshot(row) : (row.provenConfig as unknown as ProvenSnapshot | null);
  const provider = snapshot ? providerType(snapshot.provider) : undefined;
  if (!snapshot || !provider) {
    return { ok: false, reason: "unknown_provider" };
  }
  const secrets = await openOrAudit(tx, ctx, row, current);
  if (secrets === null) {
    return { ok: false, reason: "unreadable" };
  }
  const { fromAddress, fromNumber, config } = snapshot;
  const revision = current ? row.revision : (row.provenRevision ?? 0);
  return { ok: true, sender: { provider, config: { ...config, ...secrets }, fromAddress, fromName: row.fromName, fromNumber, revision } };
}

export function currentSnapshot({ integration, fromAddress, fromNumber }: SenderRow): ProvenSnapshot {
  return { provider: integration.provider, config: integration.config as PlainConfig, fromAddress, fromNumber };
}

/** A sender's secrets, or null where they do not open: altered, another row's, or under a key that is gone (R50). */
export async function openOrAudit(tx: Tx, ctx: Context, row: SenderRow, current: boolean): Promise<Secrets | null> {
  const { institutionId, integration } = row;
  try {
    return current
      ? openSecrets(integration.secrets, integrationPlace(institutionId, integration.id, integration.secretsVersion))
      : openSecrets(row.provenSecrets, provenPlace(institutionId, row.id, row.provenRevision ?? 0));
  } catch (error) {
    if (!(error instanceof DecryptError)) {
      throw error;
    }
    await audit(tx, institutionId, ctx, {
      action: "crypt_decrypt_fail",
      object: { type: "sender", id: row.id },
      outcome: "failed",
      after: { reason: error.reason },
    });
    return null;
  }
}

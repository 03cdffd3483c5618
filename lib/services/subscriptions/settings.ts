import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requireSubscriber } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { DecryptError } from "@/lib/crypto/seal";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { OwnChannelRef } from "@/lib/services/subscriptions/fields";
import { lockChannel, lockOwnSubscriber, missing, ownSubscriber } from "@/lib/services/subscriptions/internal";
import { openJson, type Settings, sealJson, settingsPlace } from "@/lib/services/subscriptions/sealed";

const PutSettingsInput = z.strictObject({ ...OwnChannelRef.shape, settings: z.record(z.string(), z.unknown()) });

/** What an application keeps for one person on one channel; it goes back to that person alone. */
export interface OwnSettingsDto {
  senderId: string;
  subscriberId: string;
  settings: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
}

interface Row {
  id: string;
  subscriberId: string;
  settings: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export async function getOwnSettings(ctx: Context, raw: unknown): Promise<OwnSettingsDto> {
  const actor = requireSubscriber(ctx);
  const { institutionId } = actor;
  const { senderId } = parseInput(OwnChannelRef, raw);
  const found = await inInstitution(institutionId, async (tx) => {
    await lockChannel(tx, institutionId, senderId);
    const subscriberId = await ownSubscriber(tx, actor);
    const row = subscriberId === null ? undefined : await find(tx, institutionId, senderId, subscriberId);
    if (!row) {
      throw missing("channel_settings");
    }
    return openOrAudit(tx, ctx, institutionId, senderId, row);
  });
  if (found === null) {
    throw new AppError("precondition_failed", { reason: "secretUnreadable" });
  }
  return found;
}

/** Replaces it as a whole. */
export async function putOwnSettings(ctx: Context, raw: unknown): Promise<OwnSettingsDto> {
  const actor = requireSubscriber(ctx);
  const { institutionId } = actor;
  const { senderId, settings } = parseInput(PutSettingsInput, raw);
  return inInstitution(institutionId, async (tx) => {
    await lockChannel(tx, institutionId, senderId);
    const subscriberId = await lockOwnSubscriber(tx, ctx, actor);
    const known = await find(tx, institutionId, senderId, subscriberId);
    const id = known?.id ?? newId();
    const version = (known?.version ?? 0) + 1;
    const sealed = sealJson(settings, settingsPlace(institutionId, id, version));
    const isChange = known === undefined || !isSame(institutionId, known, settings);
    const [times] = await tx.$queryRaw<Array<Pick<Row, "createdAt" | "updatedAt">>>`
      INSERT INTO subscription_settings (institution_id, sender_id, subscriber_id, id, settings, version)
      VALUES (${institutionId}::uuid, ${senderId}::uuid, ${subscriberId}::uuid, ${id}::uuid, ${sealed}, ${version})
      ON CONFLICT (institution_id, sender_id, subscriber_id) DO UPDATE
         SET settings = excluded.settings, version = excluded.version, updated_at = now()
      RETURNING created_at AS "createdAt", updated_at AS "updatedAt"`;
    if (!times) {
      throw new Error("settings were not kept");
    }
    // pages put the same ones with every visit
    if (isChange) {
      await audit(tx, institutionId, ctx, {
        action: "subscription.settings_changed",
        object: { type: "sender", id: senderId },
        subscriberId,
      });
    }
    return toDto(senderId, subscriberId, settings, times);
  });
}

export async function deleteOwnSettings(ctx: Context, raw: unknown): Promise<void> {
  const actor = requireSubscriber(ctx);
  const { institutionId } = actor;
  const { senderId } = parseInput(OwnChannelRef, raw);
  await inInstitution(institutionId, async (tx) => {
    await lockChannel(tx, institutionId, senderId);
    const subscriberId = await ownSubscriber(tx, actor);
    const { count } =
      subscriberId === null ? { count: 0 } : await tx.subscriptionSettings.deleteMany({ where: { institutionId, senderId, subscriberId } });
    if (count === 0) {
      throw missing("channel_settings");
    }
    await audit(tx, institutionId, ctx, {
      action: "subscription.settings_deleted",
      object: { type: "sender", id: senderId },
      subscriberId,
    });
  });
}

async function find(tx: Tx, institutionId: string, senderId: string, subscriberId: string): Promise<Row | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT id, subscriber_id AS "subscriberId", settings, version, created_at AS "createdAt", updated_at AS "updatedAt" FROM subscription_settings
     WHERE institution_id = ${institutionId}::uuid AND sender_id = ${senderId}::uuid AND subscriber_id = ${subscriberId}::uuid`;
  return row;
}

/** What no longer opens is another one. */
function isSame(institutionId: string, { id, settings, version }: Row, wanted: Settings): boolean {
  try {
    return isDeepStrictEqual(openJson(settings, settingsPlace(institutionId, id, version)), wanted);
  } catch (error) {
    if (!(error instanceof DecryptError)) {
      throw error;
    }
    return false;
  }
}

async function openOrAudit(tx: Tx, ctx: Context, institutionId: string, senderId: string, row: Row): Promise<OwnSettingsDto | null> {
  try {
    return toDto(senderId, row.subscriberId, openJson(row.settings, settingsPlace(institutionId, row.id, row.version)), row);
  } catch (error) {
    if (!(error instanceof DecryptError)) {
      throw error;
    }
    const object = { type: "sender", id: senderId };
    await audit(tx, institutionId, ctx, { action: "crypt_decrypt_fail", object, outcome: "failed", after: { reason: error.reason } });
    return null;
  }
}

function toDto(senderId: string, subscriberId: string, settings: Settings, times: Pick<Row, "createdAt" | "updatedAt">): OwnSettingsDto {
  const [createdAt, updatedAt] = [times.createdAt.toISOString(), times.updatedAt.toISOString()];
  return { senderId, subscriberId, settings, createdAt, updatedAt };
}

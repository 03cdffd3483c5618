import { z } from "zod";
import type { Context, SubscriberActor } from "@/lib/auth/actor";
import { requireSubscriber } from "@/lib/auth/permissions";
import type { SubscriptionType } from "@/lib/channels/subscriptions/define";
import { AppError, fieldError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { DecryptError } from "@/lib/crypto/seal";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit, auditAll } from "@/lib/services/audit/record";
import { findSubscription, type OwnSubscriptionDto, toOwnSubscriptionDto } from "@/lib/services/subscriptions/dto";
import { subscriptionFields } from "@/lib/services/subscriptions/fields";
import { type Channel, identifierHash, lockChannel, lockOwnSubscriber } from "@/lib/services/subscriptions/internal";
import { openJson, partsOf, type Settings, sealJson, subscriptionPlace } from "@/lib/services/subscriptions/sealed";

const UpsertInput = z.strictObject({ ...subscriptionFields, settings: z.record(z.string(), z.unknown()) });

interface Wanted {
  channel: Channel;
  subscriberId: string;
  identifier: string;
  hash: Uint8Array<ArrayBuffer>;
  settings: Settings;
}

interface Known {
  id: string;
  settings: Settings;
  secrets: string | null;
  version: number;
  disabledAt: Date | null;
}

/**
 * Keeps one device or address of the person who asks. What is known by the same identifier gets the new settings, and
 * stays the same row; what another person holds of the same address is disabled, and nobody is told what it held (R41).
 */
export async function upsertSubscription(ctx: Context, raw: unknown): Promise<{ created: boolean; subscription: OwnSubscriptionDto }> {
  const actor = requireSubscriber(ctx);
  const { institutionId } = actor;
  const { senderId, identifier, settings: given } = parseInput(UpsertInput, raw);
  return inInstitution(institutionId, async (tx) => {
    const channel = await lockChannel(tx, institutionId, senderId);
    const settings = judge(channel.type, identifier, given);
    const hash = identifierHash(channel.type, identifier);
    await lockIdentifier(tx, institutionId, hash);
    const wanted = { channel, identifier, hash, settings, subscriberId: await lockOwnSubscriber(tx, ctx, actor) };
    const known = await find(tx, institutionId, wanted);
    const id = known ? await replace(tx, ctx, institutionId, wanted, known) : await insert(tx, ctx, actor, wanted);
    await disableOthers(tx, ctx, institutionId, wanted);
    const row = await findSubscription(tx, institutionId, id);
    if (!row) {
      throw notFound();
    }
    return { created: known === undefined, subscription: toOwnSubscriptionDto(row) };
  });
}

/** The settings as their type has them: what it does not know is dropped, and an address is known by itself alone. */
function judge(type: SubscriptionType, identifier: string, given: Settings): Settings {
  const schema = z.object({ settings: type.settings(env().pushAllowHosts) });
  const { settings } = parseInput(schema, { settings: given });
  if (type.address && type.key(type.address(settings as never)) !== type.key(identifier)) {
    throw fieldError("identifier", "identifier_differs");
  }
  return settings as Settings;
}

/** One request at a time for one identifier, whoever sends it: two people with one endpoint wait for each other here. */
async function lockIdentifier(tx: Tx, institutionId: string, hash: Uint8Array): Promise<void> {
  const key = `subscription:${institutionId}:${Buffer.from(hash).toString("base64")}`;
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))) AS locked`;
}

async function find(tx: Tx, institutionId: string, { channel, subscriberId, hash }: Wanted): Promise<Known | undefined> {
  const [row] = await tx.$queryRaw<Known[]>`
    SELECT id, settings, secrets, secrets_version AS version, disabled_at AS "disabledAt" FROM subscription
     WHERE institution_id = ${institutionId}::uuid AND sender_id = ${channel.id}::uuid AND subscriber_id = ${subscriberId}::uuid
       AND identifier_hash = ${hash} FOR NO KEY UPDATE`;
  return row;
}

async function insert(tx: Tx, ctx: Context, { institutionId }: SubscriberActor, wanted: Wanted): Promise<string> {
  const { channel, subscriberId, identifier, hash } = wanted;
  const max = env().limits.subscriptionsPerSubscriber;
  if ((await tx.subscription.count({ where: { institutionId, subscriberId } })) >= max) {
    throw new AppError("limit_exceeded", { reason: "subscriptionLimit", params: { max } });
  }
  const id = newId();
  const { plain, secrets } = partsOf(channel.type, wanted.settings);
  await tx.subscription.create({
    data: {
      institutionId,
      id,
      senderId: channel.id,
      subscriberId,
      identifier,
      identifierHash: hash,
      settings: plain as Prisma.InputJsonObject,
      secrets: sealed(secrets, institutionId, id, 1),
    },
  });
  await audit(tx, institutionId, ctx, {
    action: "subscription.created",
    object: { type: "subscription", id },
    subscriberId,
    after: { senderId: channel.id, identifier: channel.type.mask(identifier) },
  });
  return id;
}

/** In place. The same settings once more are no change: pages send them with every visit. */
async function replace(tx: Tx, ctx: Context, institutionId: string, wanted: Wanted, known: Known): Promise<string> {
  const { id } = known;
  const { channel, subscriberId, identifier } = wanted;
  const { plain, secrets } = partsOf(channel.type, wanted.settings);
  const changed = changedSettings(institutionId, known, { ...plain, ...secrets });
  const version = known.version + 1;
  await tx.$executeRaw`
    UPDATE subscription SET identifier = ${identifier}, settings = ${JSON.stringify(plain)}::jsonb, disabled_at = NULL, updated_at = now(),
           secrets = ${sealed(secrets, institutionId, id, version)}, secrets_version = ${version}
     WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid`;
  if (changed.length > 0 || known.disabledAt !== null) {
    await audit(tx, institutionId, ctx, {
      action: "subscription.updated",
      object: { type: "subscription", id },
      subscriberId,
      after: { senderId: channel.id, identifier: channel.type.mask(identifier), changed, ...(known.disabledAt ? { enabled: true } : {}) },
    });
  }
  return id;
}

/** The names of the settings that differ; what no longer opens counts as another one. */
function changedSettings(institutionId: string, known: Known, wanted: Settings): string[] {
  const before: Settings = { ...known.settings, ...openOrNothing(institutionId, known) };
  const names = [...new Set([...Object.keys(before), ...Object.keys(wanted)])];
  return names.filter((name) => before[name] !== wanted[name]).sort();
}

function openOrNothing(institutionId: string, { id, secrets, version }: Known): Settings {
  try {
    return secrets === null ? {} : openJson(secrets, subscriptionPlace(institutionId, id, version));
  } catch (error) {
    if (!(error instanceof DecryptError)) {
      throw error;
    }
    return {};
  }
}

function sealed(secrets: Settings, institutionId: string, id: string, version: number): string | null {
  return Object.keys(secrets).length === 0 ? null : sealJson(secrets, subscriptionPlace(institutionId, id, version));
}

/** R41: a browser that changed hands reaches its last user alone. */
async function disableOthers(tx: Tx, ctx: Context, institutionId: string, wanted: Wanted): Promise<void> {
  const { type } = wanted.channel;
  if (!type.address) {
    return;
  }
  const others = await tx.$queryRaw<Array<{ id: string; subscriberId: string; senderId: string }>>(Prisma.sql`
    UPDATE subscription n SET disabled_at = now(), updated_at = now() FROM sender s
     WHERE n.institution_id = ${institutionId}::uuid AND n.identifier_hash = ${wanted.hash} AND n.subscriber_id <> ${wanted.subscriberId}::uuid
       AND n.disabled_at IS NULL AND s.institution_id = n.institution_id AND s.id = n.sender_id AND s.type = ${type.id}
    RETURNING n.id, n.subscriber_id AS "subscriberId", n.sender_id AS "senderId"`);
  await auditAll(
    tx,
    institutionId,
    ctx,
    others.map(({ id, subscriberId, senderId }) => ({
      action: "subscription.disabled" as const,
      object: { type: "subscription", id },
      subscriberId,
      after: { senderId, identifier: type.mask(wanted.identifier), reason: "same_endpoint" },
    })),
  );
}

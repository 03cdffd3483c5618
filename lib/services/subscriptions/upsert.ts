import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requireSubscriber } from "@/lib/auth/permissions";
import type { SubscriptionType } from "@/lib/channels/subscriptions/define";
import { subscriptionType } from "@/lib/channels/subscriptions/registry";
import { AppError, fieldError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { DecryptError } from "@/lib/crypto/seal";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { type AuditEntry, auditAll } from "@/lib/services/audit/record";
import { type OwnSubscriptionDto, toOwnSubscriptionDto } from "@/lib/services/subscriptions/dto";
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
    const channel = await lockChannel(tx, institutionId, senderId, identifier);
    const settings = judge(channel.type, identifier, given);
    const hash = identifierHash(channel.type, identifier);
    const wanted = { channel, identifier, hash, settings, subscriberId: await lockOwnSubscriber(tx, ctx, actor) };
    const known = await find(tx, institutionId, wanted);
    const kept = known ? await replace(tx, institutionId, wanted, known) : await insert(tx, institutionId, wanted);
    await auditAll(tx, institutionId, ctx, [...kept.entries, ...(await disableOthers(tx, institutionId, wanted))]);
    return { created: known === undefined, subscription: toOwnSubscriptionDto({ ...kept.row, ...shownOf(wanted) }) };
  });
}

/** The settings as their type has them: what it does not know is dropped, and an address is known by itself alone. */
function judge(type: SubscriptionType, identifier: string, given: Settings): Settings {
  const schema = z.object({ settings: type.settings(env().pushAllowHosts) });
  const { settings } = parseInput(schema, { settings: given });
  if (type.address && type.key(type.address(settings as never)) !== type.key(identifier)) {
    throw fieldError("identifier", "identifier_differs");
  }
  // an identifier is stored as it is, and answered: what is sealed must not stand beside itself in the clear
  if (Object.values(partsOf(type, settings as Settings).secrets).some((secret) => identifier.includes(String(secret)))) {
    throw fieldError("identifier", "identifier_secret");
  }
  return settings as Settings;
}

async function find(tx: Tx, institutionId: string, { channel, subscriberId, hash }: Wanted): Promise<Known | undefined> {
  const [row] = await tx.$queryRaw<Known[]>`
    SELECT id, settings, secrets, secrets_version AS version, disabled_at AS "disabledAt" FROM subscription
     WHERE institution_id = ${institutionId}::uuid AND sender_id = ${channel.id}::uuid AND subscriber_id = ${subscriberId}::uuid
       AND identifier_hash = ${hash} FOR NO KEY UPDATE`;
  return row;
}

interface Kept {
  row: { id: string; createdAt: Date; updatedAt: Date };
  /** What the audit trail is told of it. */
  entries: AuditEntry[];
}

async function insert(tx: Tx, institutionId: string, wanted: Wanted): Promise<Kept> {
  const id = newId();
  const created = entry("subscription.created", id, wanted, {});
  const row = await tryInsert(tx, institutionId, wanted, id);
  if (row) {
    return { row, entries: [created] };
  }
  const forgotten = await forgetDisabled(tx, institutionId, wanted);
  const second = forgotten.length > 0 ? await tryInsert(tx, institutionId, wanted, id) : undefined;
  if (!second) {
    throw new AppError("limit_exceeded", { reason: "subscriptionLimit", params: { max: env().limits.subscriptionsPerSubscriber } });
  }
  return { row: second, entries: [...forgotten, created] };
}

async function tryInsert(tx: Tx, institutionId: string, wanted: Wanted, id: string): Promise<Kept["row"] | undefined> {
  const { channel, subscriberId, identifier, hash } = wanted;
  const { plain, secrets } = partsOf(channel.type, wanted.settings);
  // their subscriber is locked, so that the count is theirs at this moment
  const [row] = await tx.$queryRaw<Kept["row"][]>`
    INSERT INTO subscription (institution_id, id, sender_id, subscriber_id, identifier, identifier_hash, settings, secrets)
    SELECT ${institutionId}::uuid, ${id}::uuid, ${channel.id}::uuid, ${subscriberId}::uuid, ${identifier}, ${hash},
           ${JSON.stringify(plain)}::jsonb, ${sealed(secrets, institutionId, id, 1)}
     WHERE (SELECT count(*) FROM subscription WHERE institution_id = ${institutionId}::uuid AND subscriber_id = ${subscriberId}::uuid)
           < ${env().limits.subscriptionsPerSubscriber}
    RETURNING id, created_at AS "createdAt", updated_at AS "updatedAt"`;
  return row;
}

/** What another person took over reaches nobody, and whoever has it does not see it: the oldest one makes room. */
async function forgetDisabled(tx: Tx, institutionId: string, wanted: Wanted): Promise<AuditEntry[]> {
  const gone = await tx.$queryRaw<Array<{ id: string; senderId: string; identifier: string; senderType: string }>>`
    DELETE FROM subscription n USING sender s
     WHERE s.institution_id = n.institution_id AND s.id = n.sender_id AND n.institution_id = ${institutionId}::uuid AND n.id = (
             SELECT o.id FROM subscription o
              WHERE o.institution_id = ${institutionId}::uuid AND o.subscriber_id = ${wanted.subscriberId}::uuid AND o.disabled_at IS NOT NULL
              ORDER BY o.disabled_at, o.id LIMIT 1)
    RETURNING n.id, n.sender_id AS "senderId", n.identifier, s.type AS "senderType"`;
  return gone.map(({ id, senderId, identifier, senderType }) => ({
    action: "subscription.deleted",
    object: { type: "subscription", id },
    subscriberId: wanted.subscriberId,
    before: { senderId, identifier: subscriptionType(senderType)?.mask(identifier) ?? null, reason: "disabled" },
  }));
}

/** In place. The same settings once more are no change: pages send them with every visit. */
async function replace(tx: Tx, institutionId: string, wanted: Wanted, known: Known): Promise<Kept> {
  const { id } = known;
  const { plain, secrets } = partsOf(wanted.channel.type, wanted.settings);
  const changed = changedSettings(institutionId, known, { ...plain, ...secrets });
  const version = known.version + 1;
  const [row] = await tx.$queryRaw<Kept["row"][]>`
    UPDATE subscription SET identifier = ${wanted.identifier}, settings = ${JSON.stringify(plain)}::jsonb, disabled_at = NULL, updated_at = now(),
           secrets = ${sealed(secrets, institutionId, id, version)}, secrets_version = ${version}
     WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid
    RETURNING id, created_at AS "createdAt", updated_at AS "updatedAt"`;
  if (!row) {
    throw notFound();
  }
  const isChange = changed.length > 0 || known.disabledAt !== null;
  const after = { changed, ...(known.disabledAt ? { enabled: true } : {}) };
  return { row, entries: isChange ? [entry("subscription.updated", id, wanted, after)] : [] };
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

function shownOf({ channel, identifier, settings }: Wanted) {
  const { plain, secrets } = partsOf(channel.type, settings);
  return { senderId: channel.id, senderType: channel.type.id, identifier, settings: plain, hasSecrets: Object.keys(secrets).length > 0 };
}

/** R41: a browser that changed hands reaches its last user alone. */
async function disableOthers(tx: Tx, institutionId: string, wanted: Wanted): Promise<AuditEntry[]> {
  const { type } = wanted.channel;
  if (!type.address) {
    return [];
  }
  const others = await tx.$queryRaw<Array<{ id: string; subscriberId: string; senderId: string }>>`
    UPDATE subscription n SET disabled_at = now(), updated_at = now() FROM sender s
     WHERE n.institution_id = ${institutionId}::uuid AND n.identifier_hash = ${wanted.hash} AND n.subscriber_id <> ${wanted.subscriberId}::uuid
       AND n.disabled_at IS NULL AND s.institution_id = n.institution_id AND s.id = n.sender_id AND s.type = ${type.id}
    RETURNING n.id, n.subscriber_id AS "subscriberId", n.sender_id AS "senderId"`;
  return others.map(({ id, subscriberId, senderId }) => ({
    ...entry("subscription.disabled", id, wanted, { senderId, reason: "same_endpoint" }),
    subscriberId,
  }));
}

type Action = "subscription.created" | "subscription.updated" | "subscription.disabled";

function entry(action: Action, id: string, { channel, subscriberId, identifier }: Wanted, after: Prisma.InputJsonObject): AuditEntry {
  const about = { senderId: channel.id, identifier: channel.type.mask(identifier) };
  return { action, object: { type: "subscription", id }, subscriberId, after: { ...about, ...after } };
}

import { createHash } from "node:crypto";
import type { Context, SubscriberActor } from "@/lib/auth/actor";
import type { SubscriptionType } from "@/lib/channels/subscriptions/define";
import { endpointKey } from "@/lib/channels/subscriptions/push-endpoint";
import { subscriptionType } from "@/lib/channels/subscriptions/registry";
import { AppError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { externalIdSchema, refuseAccountId, snapshot } from "@/lib/services/subscribers/internal";

/** Says what it is that is not there, for an API that names it; an unknown one and somebody else's are the same. */
export function missing(resource: "channel" | "subscription" | "channel_settings", identifier?: string): AppError {
  return new AppError("not_found", { params: { resource, ...(identifier === undefined ? {} : { identifier }) } });
}

export interface Channel {
  id: string;
  type: SubscriptionType;
}

/**
 * The push or chat sender that subscriptions belong to, kept from being deleted meanwhile. Every verb here locks in one
 * order: sender, identifier, subscriber, subscriptions by their id.
 */
export async function lockChannel(tx: Tx, institutionId: string, senderId: string, identifier?: string): Promise<Channel> {
  // one request at a time for one identifier, whoever sends it: two people with one endpoint wait for each other here
  const alone = identifier === undefined ? Prisma.sql`NULL` : lockOf(institutionId, identifier);
  const [row] = await tx.$queryRaw<Array<{ type: string }>>`
    SELECT type, ${alone} AS alone FROM sender WHERE institution_id = ${institutionId}::uuid AND id = ${senderId}::uuid FOR KEY SHARE`;
  const type = row && subscriptionType(row.type);
  if (!type) {
    throw missing("channel");
  }
  return { id: senderId, type };
}

function lockOf(institutionId: string, identifier: string): Prisma.Sql {
  const key = `subscription:${institutionId}:${endpointKey(identifier)}`;
  return Prisma.sql`pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`;
}

/** The subscriber that an application's user is, if anything was ever kept for them. */
export async function ownSubscriber(tx: Tx, { institutionId, externalId }: SubscriberActor): Promise<string | null> {
  const row = await tx.subscriber.findFirst({ where: { institutionId, externalId }, select: { id: true } });
  return row?.id ?? null;
}

/** The same, locked, and made where there is none yet: whoever the application vouches for is a subscriber. */
export async function lockOwnSubscriber(tx: Tx, ctx: Context, actor: SubscriberActor): Promise<string> {
  const { institutionId, externalId } = actor;
  const known = await lockByExternalId(tx, institutionId, externalId);
  if (known) {
    return known;
  }
  externalIdSchema.parse(externalId);
  await refuseAccountId(tx, externalId);
  const id = newId();
  const made = await tx.$executeRaw`
    INSERT INTO subscriber (institution_id, id, external_id) VALUES (${institutionId}::uuid, ${id}::uuid, ${externalId})
    ON CONFLICT (institution_id, external_id) DO NOTHING`;
  if (made === 1) {
    await audit(tx, institutionId, ctx, {
      action: "subscriber.created",
      object: { type: "subscriber", id },
      subscriberId: id,
      after: snapshot({ externalId, locale: null }),
    });
  }
  const subscriber = await lockByExternalId(tx, institutionId, externalId);
  if (!subscriber) {
    throw notFound();
  }
  return subscriber;
}

async function lockByExternalId(tx: Tx, institutionId: string, externalId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT id FROM subscriber WHERE institution_id = ${institutionId}::uuid AND external_id = ${externalId} FOR NO KEY UPDATE`;
  return row?.id ?? null;
}

/** What a subscription is found by: its identifier, in the one spelling that its type knows. */
export function identifierHash(type: SubscriptionType, identifier: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(type.key(identifier)).digest());
}

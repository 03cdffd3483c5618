import { subscriptionType } from "@/lib/channels/subscriptions/registry";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { maskedSettings, type Settings } from "@/lib/services/subscriptions/sealed";

/** A subscription as screens and the native API see it. Where it goes is masked: whoever knows it can send there. */
export interface SubscriptionDto {
  id: string;
  sender: { id: string; name: string; type: string };
  subscriber: { id: string; externalId: string; name: string | null };
  /** What it is known by, masked. */
  identifier: string;
  settings: Record<string, unknown>;
  /** False: the same address turned up under another person since (R41). */
  enabled: boolean;
  disabledAt: string | null;
  createdAt: string;
  updatedAt: string;
}

/** The same as its own application sees it: what it gave, without the secrets. */
export interface OwnSubscriptionDto {
  id: string;
  senderId: string;
  identifier: string;
  settings: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
}

/** What its own application may know of one. */
export type OwnRow = Pick<
  SubscriptionRow,
  "id" | "senderId" | "senderType" | "identifier" | "settings" | "hasSecrets" | "createdAt" | "updatedAt"
>;

export interface SubscriptionRow {
  id: string;
  senderId: string;
  senderName: string;
  senderType: string;
  subscriberId: string;
  externalId: string;
  subscriberName: string | null;
  identifier: string;
  settings: Settings;
  hasSecrets: boolean;
  disabledAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Subscriptions by a condition on `n`, in an order, with whose they are and where. */
export function subscriptionRows(where: Prisma.Sql, order: Prisma.Sql, limit: number): Prisma.Sql {
  return Prisma.sql`
    SELECT n.id, n.sender_id AS "senderId", s.name AS "senderName", s.type AS "senderType", n.subscriber_id AS "subscriberId",
           p.external_id AS "externalId", p.name AS "subscriberName", n.identifier, n.settings, n.secrets IS NOT NULL AS "hasSecrets",
           n.disabled_at AS "disabledAt", n.created_at AS "createdAt", n.updated_at AS "updatedAt"
      FROM subscription n
      JOIN sender s ON s.institution_id = n.institution_id AND s.id = n.sender_id
      JOIN subscriber p ON p.institution_id = n.institution_id AND p.id = n.subscriber_id
     WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
}

/** One of an institution's subscriptions, by its id. */
export async function findSubscription(tx: Tx, institutionId: string, id: string): Promise<SubscriptionRow | undefined> {
  const where = Prisma.sql`n.institution_id = ${institutionId}::uuid AND n.id = ${id}::uuid`;
  const [row] = await tx.$queryRaw<SubscriptionRow[]>(subscriptionRows(where, Prisma.sql`n.id`, 1));
  return row;
}

export function toSubscriptionDto(row: SubscriptionRow): SubscriptionDto {
  const type = subscriptionType(row.senderType);
  const mask = (text: unknown) => (type && typeof text === "string" ? type.mask(text) : "…");
  const hidden = (type?.masked ?? []) as readonly string[];
  const shown = Object.entries(maskedSettings(type, row.settings, row.hasSecrets));
  return {
    id: row.id,
    sender: { id: row.senderId, name: row.senderName, type: row.senderType },
    subscriber: { id: row.subscriberId, externalId: row.externalId, name: row.subscriberName },
    identifier: mask(row.identifier),
    settings: Object.fromEntries(shown.map(([name, value]) => [name, hidden.includes(name) ? mask(value) : value])),
    enabled: row.disabledAt === null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function toOwnSubscriptionDto(row: OwnRow): OwnSubscriptionDto {
  return {
    id: row.id,
    senderId: row.senderId,
    identifier: row.identifier,
    settings: maskedSettings(subscriptionType(row.senderType), row.settings, row.hasSecrets),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

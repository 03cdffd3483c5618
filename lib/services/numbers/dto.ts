import { providerType } from "@/lib/channels/providers/registry";
import { parsePhoneNumber } from "@/lib/core/phone-number";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";

/** `lost`: the provider was asked to sell it and nobody heard the answer. */
export const NUMBER_STATES = ["active", "buying", "lost"] as const;
export type NumberState = (typeof NUMBER_STATES)[number];

/** What screens and the native API see of a phone number. */
export interface NumberDto {
  id: string;
  /** E.164. */
  number: string;
  /** With its spaces, as its country writes it from abroad. */
  display: string;
  country: string;
  origin: "bought" | "registered";
  state: NumberState;
  integration: { id: string; name: string; provider: string };
  /** What sends from it; none while it is being bought. */
  sender: { id: string; name: string; state: string } | null;
  verified: boolean;
  /** Whether the provider took the address for incoming texts; where it did not, somebody has to enter it there. */
  webhookSet: boolean;
  /** That address; null where the provider posts none that can be trusted. */
  inboundUrl: string | null;
  createdAt: string;
}

export interface NumberRow {
  id: string;
  number: string;
  country: string;
  origin: string;
  state: string;
  verifiedAt: Date | null;
  webhookSet: boolean | null;
  createdAt: Date;
  integrationId: string;
  integrationName: string;
  provider: string;
  senderId: string | null;
  senderName: string | null;
  senderState: string | null;
}

export const NUMBER_COLUMNS = Prisma.sql`
  n.id, n.number, n.country, n.origin, n.state, coalesce(n.verified_at, s.proven_at) AS "verifiedAt", n.webhook_set AS "webhookSet", n.created_at AS "createdAt",
  i.id AS "integrationId", i.name AS "integrationName", i.provider, s.id AS "senderId", s.name AS "senderName", s.state AS "senderState"`;

export const NUMBER_TABLES = Prisma.sql`
  phone_number n JOIN integration i ON i.institution_id = n.institution_id AND i.id = n.integration_id
  LEFT JOIN sender s ON s.institution_id = n.institution_id AND s.phone_number_id = n.id`;

export function toNumberDto(row: NumberRow): NumberDto {
  return {
    id: row.id,
    number: row.number,
    display: displayNumber(row.number),
    country: row.country,
    origin: row.origin as NumberDto["origin"],
    state: row.state as NumberState,
    integration: { id: row.integrationId, name: row.integrationName, provider: row.provider },
    sender: row.senderId === null ? null : { id: row.senderId, name: row.senderName ?? "", state: row.senderState ?? "" },
    verified: row.verifiedAt !== null,
    webhookSet: row.webhookSet === true,
    inboundUrl: providerType(row.provider)?.numbers ? inboundUrl({ provider: row.provider, id: row.integrationId }) : null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** The address that a provider posts incoming texts to. */
export function inboundUrl({ provider, id }: { provider: string; id: string }): string {
  return `${env().appOrigin}/hooks/${provider}/${id}`;
}

export function displayNumber(e164: string): string {
  const parsed = parsePhoneNumber(e164);
  return parsed.ok ? parsed.value.international : e164;
}

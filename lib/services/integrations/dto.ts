import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import type { PlainConfig } from "@/lib/services/integrations/config";
import type { SecretFacts } from "@/lib/services/integrations/secrets";
import { describe, type SecretFactDto, secretSetters } from "@/lib/services/senders/dto";
import { namesOf } from "@/lib/services/senders/records";

/** An account with a provider, without its secrets: when each was set and by whom. */
export interface IntegrationDto {
  id: string;
  name: string;
  provider: string;
  channel: "email" | "sms";
  /** Where it goes: "smtp.example.com:587". */
  destination: string;
  senders: Array<{ id: string; name: string }>;
  numbers: number;
  secrets: SecretFactDto[];
  createdAt: string;
  updatedAt: string;
}

interface Row {
  id: string;
  name: string;
  provider: string;
  channel: string;
  config: PlainConfig;
  secretFacts: SecretFacts;
  senders: Array<{ id: string; name: string }> | null;
  numbers: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Integrations by a condition on `i`, the newest first unless the order is turned. */
export async function readIntegrations(tx: Tx, where: Prisma.Sql, limit: number, backwards = false): Promise<IntegrationDto[]> {
  const order = backwards ? Prisma.sql`i.created_at ASC, i.id ASC` : Prisma.sql`i.created_at DESC, i.id DESC`;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT i.id, i.name, i.provider, i.channel, i.config, i.secret_facts AS "secretFacts", i.created_at AS "createdAt", i.updated_at AS "updatedAt",
           (SELECT json_agg(json_build_object('id', s.id, 'name', s.name) ORDER BY lower(s.name), s.id) FROM sender s
             WHERE s.institution_id = i.institution_id AND s.integration_id = i.id) AS senders,
           (SELECT count(*)::int FROM phone_number p WHERE p.institution_id = i.institution_id AND p.integration_id = i.id) AS numbers
      FROM integration i WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
  const setters = rows.flatMap((row) => secretSetters(row.secretFacts)).filter((id) => id !== null);
  const names = await namesOf(tx, [...new Set(setters)]);
  return rows.map((row) => toIntegrationDto(row, names));
}

function toIntegrationDto(row: Row, names: ReadonlyMap<string, string>): IntegrationDto {
  const { id, name, provider, numbers } = row;
  return {
    id,
    name,
    provider,
    channel: row.channel as IntegrationDto["channel"],
    destination: describe(provider, row.config),
    senders: row.senders ?? [],
    numbers,
    secrets: Object.entries(row.secretFacts).map(([field, { at, byId }]) => ({
      field,
      at,
      by: byId === null ? null : (names.get(byId) ?? null),
    })),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

import type { Channel } from "@/lib/channels/providers/catalogue/define";
import { entryOf } from "@/lib/channels/providers/catalogue/registry";
import { providerType } from "@/lib/channels/providers/registry";
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
  /** How programs name it. */
  identifier: string;
  provider: string;
  /** As the world names the provider; null: it exists here alone. */
  providerId: string | null;
  channel: Channel;
  /** Messages can go out through it. */
  delivers: boolean;
  /** Where it goes: "smtp.example.com:587". */
  destination: string;
  senders: Array<{ id: string; name: string }>;
  numbers: number;
  connections: number;
  endpoints: number;
  secrets: SecretFactDto[];
  createdAt: string;
  updatedAt: string;
}

interface Row {
  id: string;
  name: string;
  identifier: string;
  provider: string;
  channel: string;
  config: PlainConfig;
  secretFacts: SecretFacts;
  senders: Array<{ id: string; name: string }> | null;
  numbers: number;
  connections: number;
  endpoints: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Integrations by a condition on `i`; `tail` is their order and how many. */
export async function readIntegrations(tx: Tx, where: Prisma.Sql, tail: Prisma.Sql = Prisma.empty): Promise<IntegrationDto[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT i.id, i.name, i.identifier, i.provider, i.channel, i.config, i.secret_facts AS "secretFacts", i.created_at AS "createdAt", i.updated_at AS "updatedAt",
           (SELECT json_agg(json_build_object('id', s.id, 'name', s.name) ORDER BY lower(s.name), s.id) FROM sender s
             WHERE s.institution_id = i.institution_id AND s.integration_id = i.id) AS senders,
           (SELECT count(*)::int FROM phone_number p WHERE p.institution_id = i.institution_id AND p.integration_id = i.id) AS numbers,
           (SELECT count(*)::int FROM connection c WHERE c.institution_id = i.institution_id AND c.integration_id = i.id) AS connections,
           (SELECT count(*)::int FROM endpoint e WHERE e.institution_id = i.institution_id AND e.integration_id = i.id) AS endpoints
      FROM integration i WHERE ${where} ${tail}`;
  const setters = rows.flatMap((row) => secretSetters(row.secretFacts)).filter((id) => id !== null);
  const names = await namesOf(tx, [...new Set(setters)]);
  return rows.map((row) => toIntegrationDto(row, names));
}

function toIntegrationDto(row: Row, names: ReadonlyMap<string, string>): IntegrationDto {
  const { id, name, identifier, provider, numbers, connections, endpoints } = row;
  return {
    id,
    name,
    identifier,
    provider,
    providerId: entryOf(provider)?.id ?? null,
    channel: row.channel as Channel,
    delivers: providerType(provider) !== undefined,
    destination: describe(provider, row.config),
    senders: row.senders ?? [],
    numbers,
    connections,
    endpoints,
    secrets: Object.entries(row.secretFacts).map(([field, { at, byId }]) => ({
      field,
      at,
      by: byId === null ? null : (names.get(byId) ?? null),
    })),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

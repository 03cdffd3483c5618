import type { Channel } from "@/lib/channels/providers/catalogue/define";
import { entryOf } from "@/lib/channels/providers/catalogue/registry";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";

export type ConnectionMode = "subscriber" | "shared";
export type CheckResult = "ok" | "refused" | "unreachable";

/** A connected workspace. There is no token in it, and no place for one. */
export interface ConnectionDto {
  id: string;
  identifier: string;
  channel: Channel;
  provider: string;
  /** As the world names the provider; null: it exists here alone. */
  providerId: string | null;
  integration: { id: string; identifier: string; name: string };
  subscriber: { id: string; externalId: string; name: string | null } | null;
  mode: ConnectionMode;
  contextKeys: string[];
  workspace: { id: string; name: string | null };
  /** When the token was set, and when it ends, as whoever set it said. */
  secretsSetAt: string;
  expiresAt: string | null;
  refreshExpiresAt: string | null;
  /** The last look at whether the provider takes the token. */
  checkedAt: string | null;
  checkResult: CheckResult | null;
  endpoints: number;
  createdAt: string;
  updatedAt: string;
}

export interface ConnectionRecord {
  id: string;
  identifier: string;
  channel: string;
  provider: string;
  integrationId: string;
  integrationIdentifier: string;
  integrationName: string;
  subscriberId: string | null;
  externalId: string | null;
  subscriberName: string | null;
  mode: string;
  contextKeys: string[];
  workspaceId: string;
  workspaceName: string | null;
  secretsSetAt: Date;
  expiresAt: Date | null;
  refreshExpiresAt: Date | null;
  checkedAt: Date | null;
  checkResult: string | null;
  endpoints: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Connections by a condition on `r`; `tail` is their order and how many. */
export async function readConnections(tx: Tx, where: Prisma.Sql, tail: Prisma.Sql = Prisma.empty): Promise<ConnectionDto[]> {
  const rows = await tx.$queryRaw<ConnectionRecord[]>`
    SELECT r.id, r.identifier, i.channel, i.provider, i.id AS "integrationId", i.identifier AS "integrationIdentifier", i.name AS "integrationName",
           s.id AS "subscriberId", s.external_id AS "externalId", s.name AS "subscriberName", r.mode, r.context_keys AS "contextKeys",
           r.workspace_id AS "workspaceId", r.workspace_name AS "workspaceName", r.secrets_set_at AS "secretsSetAt", r.expires_at AS "expiresAt",
           r.refresh_expires_at AS "refreshExpiresAt", r.checked_at AS "checkedAt", r.check_result AS "checkResult",
           (SELECT count(*)::int FROM endpoint e WHERE e.institution_id = r.institution_id AND e.connection_id = r.id) AS endpoints,
           r.created_at AS "createdAt", r.updated_at AS "updatedAt"
      FROM connection r
      JOIN integration i ON i.institution_id = r.institution_id AND i.id = r.integration_id
      LEFT JOIN subscriber s ON s.institution_id = r.institution_id AND s.id = r.subscriber_id
     WHERE ${where} ${tail}`;
  return rows.map(toConnectionDto);
}

export function toConnectionDto(row: ConnectionRecord): ConnectionDto {
  return {
    id: row.id,
    identifier: row.identifier,
    channel: row.channel as Channel,
    provider: row.provider,
    providerId: entryOf(row.provider)?.id ?? null,
    integration: { id: row.integrationId, identifier: row.integrationIdentifier, name: row.integrationName },
    subscriber: row.subscriberId === null ? null : { id: row.subscriberId, externalId: row.externalId ?? "", name: row.subscriberName },
    mode: row.mode as ConnectionMode,
    contextKeys: row.contextKeys,
    workspace: { id: row.workspaceId, name: row.workspaceName },
    secretsSetAt: row.secretsSetAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    refreshExpiresAt: row.refreshExpiresAt?.toISOString() ?? null,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    checkResult: row.checkResult as CheckResult | null,
    endpoints: row.endpoints,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

import type { EndpointType } from "@/lib/channels/endpoint-shapes";
import type { Channel } from "@/lib/channels/providers/catalogue/define";
import { entryOf } from "@/lib/channels/providers/catalogue/registry";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";

/** One address inside a provider's workspace. */
export interface EndpointDto {
  id: string;
  identifier: string;
  channel: Channel;
  provider: string;
  /** As the world names the provider; null: it exists here alone. */
  providerId: string | null;
  integration: { id: string; identifier: string; name: string };
  connection: { id: string; identifier: string; workspace: { id: string; name: string | null } } | null;
  subscriber: { id: string; externalId: string; name: string | null } | null;
  contextKeys: string[];
  type: EndpointType;
  endpoint: Record<string, string>;
  createdAt: string;
  updatedAt: string;
}

interface Row {
  id: string;
  identifier: string;
  channel: string;
  provider: string;
  integrationId: string;
  integrationIdentifier: string;
  integrationName: string;
  connectionId: string | null;
  connectionIdentifier: string | null;
  workspaceId: string | null;
  workspaceName: string | null;
  subscriberId: string | null;
  externalId: string | null;
  subscriberName: string | null;
  contextKeys: string[];
  type: string;
  endpoint: Record<string, string>;
  createdAt: Date;
  updatedAt: Date;
}

/** Endpoints by a condition on `r`; `tail` is their order and how many. */
export async function readEndpoints(tx: Tx, where: Prisma.Sql, tail: Prisma.Sql = Prisma.empty): Promise<EndpointDto[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.identifier, i.channel, i.provider, i.id AS "integrationId", i.identifier AS "integrationIdentifier", i.name AS "integrationName",
           c.id AS "connectionId", c.identifier AS "connectionIdentifier", c.workspace_id AS "workspaceId",
           c.workspace_name AS "workspaceName", s.id AS "subscriberId", s.external_id AS "externalId",
           s.name AS "subscriberName", r.context_keys AS "contextKeys", r.type, r.endpoint, r.created_at AS "createdAt", r.updated_at AS "updatedAt"
      FROM endpoint r
      JOIN integration i ON i.institution_id = r.institution_id AND i.id = r.integration_id
      LEFT JOIN connection c ON c.institution_id = r.institution_id AND c.id = r.connection_id
      LEFT JOIN subscriber s ON s.institution_id = r.institution_id AND s.id = r.subscriber_id
     WHERE ${where} ${tail}`;
  return rows.map(toEndpointDto);
}

function toEndpointDto(row: Row): EndpointDto {
  const { connectionId, subscriberId } = row;
  return {
    id: row.id,
    identifier: row.identifier,
    channel: row.channel as Channel,
    provider: row.provider,
    providerId: entryOf(row.provider)?.id ?? null,
    integration: { id: row.integrationId, identifier: row.integrationIdentifier, name: row.integrationName },
    connection:
      connectionId === null
        ? null
        : {
            id: connectionId,
            identifier: row.connectionIdentifier ?? "",
            workspace: { id: row.workspaceId ?? "", name: row.workspaceName },
          },
    subscriber: subscriberId === null ? null : { id: subscriberId, externalId: row.externalId ?? "", name: row.subscriberName },
    contextKeys: row.contextKeys,
    type: row.type as EndpointType,
    endpoint: row.endpoint,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

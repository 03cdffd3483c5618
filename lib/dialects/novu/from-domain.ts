import type { z } from "zod";
import type { ConnectionAnswer, EndpointAnswer } from "@/lib/dialects/novu/schemas";
import type { ConnectionDto } from "@/lib/services/connections/dto";
import type { EndpointDto } from "@/lib/services/endpoints/dto";

type Connection = z.output<typeof ConnectionAnswer>;
type Endpoint = z.output<typeof EndpointAnswer>;

export function fromConnection(row: ConnectionDto): Connection {
  const { workspace } = row;
  return {
    ...resourceOf(row),
    workspace: { id: workspace.id, ...(workspace.name === null ? {} : { name: workspace.name }) },
    auth: { accessToken: "******" },
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export function fromEndpoint(row: EndpointDto): Endpoint {
  return {
    ...resourceOf(row),
    connectionIdentifier: row.connection?.identifier ?? null,
    type: row.type,
    endpoint: row.endpoint,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** The page of a list; an item is shown by `show`. */
export function fromPage<T, S>(
  { items, next, previous, total, capped }: { items: T[]; next: string | null; previous: string | null; total: number; capped: boolean },
  show: (item: T) => S,
) {
  return { data: items.map(show), next, previous, totalCount: total, totalCountCapped: capped };
}

function resourceOf({ identifier, channel, providerId, integration, subscriber, contextKeys }: ConnectionDto | EndpointDto) {
  return {
    identifier,
    channel,
    providerId,
    integrationIdentifier: integration.identifier,
    subscriberId: subscriber?.externalId ?? null,
    contextKeys,
  };
}

import type { z } from "zod";
import { notFound } from "@/lib/core/errors";
import type { CreateConnectionBody, CreateEndpointBody, ListConnectionsQuery, ListEndpointsQuery } from "@/lib/dialects/novu/schemas";

const IDENTIFIER_AT = 3;

/** `/v1/<collection>/<identifier>`, percent-decoded once, whatever a client has in it. */
export function identifierIn(request: Request): string {
  const written = new URL(request.url).pathname.split("/")[IDENTIFIER_AT] ?? "";
  try {
    return decodeURIComponent(written);
  } catch {
    throw notFound();
  }
}

export function toNewConnection({ subscriberId, connectionMode, ...rest }: z.output<typeof CreateConnectionBody>) {
  return { ...rest, externalId: subscriberId, mode: connectionMode };
}

export function toNewEndpoint({ subscriberId, ...rest }: z.output<typeof CreateEndpointBody>) {
  return { ...rest, externalId: subscriberId };
}

export function toConnectionSearch({ subscriberId, connectionMode, ...rest }: z.output<typeof ListConnectionsQuery>) {
  return { ...rest, externalId: subscriberId, mode: connectionMode };
}

export function toEndpointSearch({ subscriberId, ...rest }: z.output<typeof ListEndpointsQuery>) {
  return { ...rest, externalId: subscriberId };
}

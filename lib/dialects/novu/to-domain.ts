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

export function toNewEndpoint({ subscriberId, endpoint, ...rest }: z.output<typeof CreateEndpointBody>) {
  return { ...rest, externalId: subscriberId, endpoint: toEndpoint(endpoint) };
}

/** What its type asks for; null is what is left out. */
export function toEndpoint(given: unknown): unknown {
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  return isObject ? Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) : given;
}

export function toConnectionSearch({ subscriberId, connectionMode, ...rest }: z.output<typeof ListConnectionsQuery>) {
  return { ...rest, externalId: subscriberId, mode: connectionMode };
}

export function toEndpointSearch({ subscriberId, ...rest }: z.output<typeof ListEndpointsQuery>) {
  return { ...rest, externalId: subscriberId };
}

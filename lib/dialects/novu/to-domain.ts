import type { z } from "zod";
import { ENDPOINT_SHAPES, ENDPOINT_TYPES, type EndpointType } from "@/lib/channels/endpoint-shapes";
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

export function toNewEndpoint({ subscriberId, type, endpoint, ...rest }: z.output<typeof CreateEndpointBody>) {
  return { ...rest, externalId: subscriberId, type, endpoint: toEndpoint(endpoint, [type]) };
}

/** What its type asks for, or any where the type is not said again. The rest has no effect, and null is what is left out. */
export function toEndpoint(given: unknown, types: readonly EndpointType[] = ENDPOINT_TYPES): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return given;
  }
  const known = new Set(types.flatMap((type) => Object.keys(ENDPOINT_SHAPES[type].shape)));
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => known.has(name) && value !== null));
}

export function toConnectionSearch({ subscriberId, connectionMode, ...rest }: z.output<typeof ListConnectionsQuery>) {
  return { ...rest, externalId: subscriberId, mode: connectionMode };
}

export function toEndpointSearch({ subscriberId, ...rest }: z.output<typeof ListEndpointsQuery>) {
  return { ...rest, externalId: subscriberId };
}

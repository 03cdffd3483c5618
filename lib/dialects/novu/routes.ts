import { fromConnection, fromEndpoint, fromPage } from "@/lib/dialects/novu/from-domain";
import {
  ConnectionAnswer,
  ConnectionsAnswer,
  CreateConnectionBody,
  CreateEndpointBody,
  EndpointAnswer,
  EndpointsAnswer,
  ListConnectionsQuery,
  ListEndpointsQuery,
  UpdateConnectionBody,
  UpdateEndpointBody,
} from "@/lib/dialects/novu/schemas";
import {
  identifierIn,
  toConnectionSearch,
  toEndpoint,
  toEndpointSearch,
  toNewConnection,
  toNewEndpoint,
} from "@/lib/dialects/novu/to-domain";
import { type ProgramRoute, programOperation } from "@/lib/http/program-route";
import { browseConnections } from "@/lib/services/connections/browse";
import { checkConnection } from "@/lib/services/connections/check";
import { createConnection } from "@/lib/services/connections/create";
import { deleteConnection } from "@/lib/services/connections/delete";
import { getConnection } from "@/lib/services/connections/get";
import { updateConnection } from "@/lib/services/connections/update";
import { browseEndpoints } from "@/lib/services/endpoints/browse";
import { createEndpoint } from "@/lib/services/endpoints/create";
import { deleteEndpoint } from "@/lib/services/endpoints/delete";
import { getEndpoint } from "@/lib/services/endpoints/get";
import { updateEndpoint } from "@/lib/services/endpoints/update";

/** Every path of this API. */
export const novuRoutes = {
  connections: {
    pattern: "/v1/channel-connections",
    operations: {
      GET: programOperation({
        summary: "List channel connections",
        query: ListConnectionsQuery,
        answers: { 200: ConnectionsAnswer },
        handle: async (ctx, { query }) => ({
          status: 200,
          body: fromPage(await browseConnections(ctx, toConnectionSearch(query)), fromConnection),
        }),
      }),
      POST: programOperation({
        summary: "Create a channel connection",
        body: CreateConnectionBody,
        answers: { 201: ConnectionAnswer },
        handle: async (ctx, { body }) => ({ status: 201, body: fromConnection(await createConnection(ctx, toNewConnection(body))) }),
      }),
    },
  },
  connection: {
    pattern: "/v1/channel-connections/{identifier}",
    operations: {
      GET: programOperation({
        summary: "Retrieve a channel connection",
        answers: { 200: ConnectionAnswer },
        handle: async (ctx, { request }) => ({
          status: 200,
          body: fromConnection(await getConnection(ctx, { identifier: identifierIn(request) })),
        }),
      }),
      PATCH: programOperation({
        summary: "Replace a channel connection's workspace and auth",
        body: UpdateConnectionBody,
        answers: { 200: ConnectionAnswer },
        handle: async (ctx, { request, body }) => ({
          status: 200,
          body: fromConnection(await updateConnection(ctx, { identifier: identifierIn(request), ...body })),
        }),
      }),
      DELETE: programOperation({
        summary: "Delete a channel connection",
        answers: { 204: null },
        handle: async (ctx, { request }) => {
          await deleteConnection(ctx, { identifier: identifierIn(request) });
          return { status: 204 };
        },
      }),
    },
  },
  verify: {
    pattern: "/v1/channel-connections/{identifier}/verify",
    operations: {
      POST: programOperation({
        summary: "Ask the provider whether it takes the stored token",
        answers: { 200: ConnectionAnswer },
        handle: async (ctx, { request }) => ({
          status: 200,
          body: fromConnection(await checkConnection(ctx, { identifier: identifierIn(request) })),
        }),
      }),
    },
  },
  endpoints: {
    pattern: "/v1/channel-endpoints",
    operations: {
      GET: programOperation({
        summary: "List channel endpoints",
        query: ListEndpointsQuery,
        answers: { 200: EndpointsAnswer },
        handle: async (ctx, { query }) => ({
          status: 200,
          body: fromPage(await browseEndpoints(ctx, toEndpointSearch(query)), fromEndpoint),
        }),
      }),
      POST: programOperation({
        summary: "Create a channel endpoint",
        body: CreateEndpointBody,
        answers: { 201: EndpointAnswer },
        handle: async (ctx, { body }) => ({ status: 201, body: fromEndpoint(await createEndpoint(ctx, toNewEndpoint(body))) }),
      }),
    },
  },
  endpoint: {
    pattern: "/v1/channel-endpoints/{identifier}",
    operations: {
      GET: programOperation({
        summary: "Retrieve a channel endpoint",
        answers: { 200: EndpointAnswer },
        handle: async (ctx, { request }) => ({
          status: 200,
          body: fromEndpoint(await getEndpoint(ctx, { identifier: identifierIn(request) })),
        }),
      }),
      PATCH: programOperation({
        summary: "Replace what a channel endpoint consists of",
        body: UpdateEndpointBody,
        answers: { 200: EndpointAnswer },
        handle: async (ctx, { request, body }) => ({
          status: 200,
          body: fromEndpoint(await updateEndpoint(ctx, { identifier: identifierIn(request), endpoint: toEndpoint(body.endpoint) })),
        }),
      }),
      DELETE: programOperation({
        summary: "Delete a channel endpoint",
        answers: { 204: null },
        handle: async (ctx, { request }) => {
          await deleteEndpoint(ctx, { identifier: identifierIn(request) });
          return { status: 204 };
        },
      }),
    },
  },
} satisfies Record<string, ProgramRoute>;

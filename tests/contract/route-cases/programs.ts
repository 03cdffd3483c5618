import { encodeCursor } from "@/lib/core/page";
import { type Cases, type RouteCase, sender, V1 } from "./case";

const key = (more: Partial<RouteCase> = {}): RouteCase => ({
  needs: "key:own",
  params: ({ apiKeyId }) => ({ keyId: apiKeyId }),
  foreign: 404,
  plain: 404,
  own: 200,
  ...more,
});
const accessToken = (more: Partial<RouteCase> = {}): RouteCase => key({ params: ({ accessTokenId }) => ({ accessTokenId }), ...more });
const signingKey = (more: Partial<RouteCase> = {}): RouteCase => ({
  needs: "key:write",
  params: ({ signingKeyId }) => ({ signingKeyId }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});
const connection = (more: Partial<RouteCase> = {}): RouteCase => ({
  needs: "connection:write",
  params: ({ connectionId }) => ({ connectionId }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});
const endpoint = (more: Partial<RouteCase> = {}): RouteCase => ({
  ...connection(),
  params: ({ endpointId }) => ({ endpointId }),
  ...more,
});
const workspaceAndAuth = { workspace: { id: "T1" }, auth: { accessToken: "token" } };

export const PROGRAMS: Cases = {
  [`${V1}/access-tokens/route.ts`]: {
    GET: {
      needs: "key:own",
      query: ({ at, accessTokenId }) => ({ after: encodeCursor([at, accessTokenId]) }),
      foreign: 200,
      plain: 200,
      own: 200,
    },
    POST: { needs: "key:own", body: () => ({ name: "Token" }), plain: 201, own: 201 },
  },
  [`${V1}/access-tokens/[accessTokenId]/route.ts`]: {
    GET: accessToken(),
    DELETE: accessToken({ own: 204 }),
  },
  [`${V1}/access-tokens/[accessTokenId]/requests/route.ts`]: { GET: accessToken({ query: () => ({ status: "2xx" }) }) },
  [`${V1}/keys/route.ts`]: {
    GET: { needs: "key:own", query: ({ at, apiKeyId }) => ({ after: encodeCursor([at, apiKeyId]) }), foreign: 200, plain: 200, own: 200 },
    POST: { needs: "key:own", body: () => ({ name: "Program", scopes: ["contact_points:read"] }), plain: 201, own: 201 },
  },
  [`${V1}/keys/[keyId]/route.ts`]: { GET: key(), DELETE: key({ own: 204 }) },
  [`${V1}/keys/[keyId]/requests/route.ts`]: { GET: key({ query: () => ({ status: "4xx" }) }) },
  [`${V1}/signing-keys/route.ts`]: {
    GET: {
      needs: "key:read",
      query: ({ at, signingKeyId }) => ({ after: encodeCursor([at, signingKeyId]) }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: { needs: "key:write", body: () => ({ name: "Application" }), plain: 403, own: 201 },
  },
  [`${V1}/signing-keys/[signingKeyId]/route.ts`]: {
    GET: signingKey({ needs: "key:read" }),
    DELETE: signingKey({ own: 204 }),
  },
  [`${V1}/connections/route.ts`]: {
    GET: {
      needs: "connection:read",
      query: ({ at, connectionId, integrationId }) => ({ after: encodeCursor([at, connectionId]), integrationId }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: connection({
      params: () => ({}),
      body: ({ spareIntegrationId, subscriberId }) => ({ integrationId: spareIntegrationId, subscriberId, ...workspaceAndAuth }),
      own: 201,
    }),
  },
  [`${V1}/connections/[connectionId]/route.ts`]: {
    GET: connection({ needs: "connection:read" }),
    PATCH: connection({ body: () => workspaceAndAuth }),
    DELETE: connection({ own: 204 }),
  },
  // its token opens for nobody
  [`${V1}/connections/[connectionId]/check/route.ts`]: { POST: connection({ own: 409 }) },
  [`${V1}/endpoints/route.ts`]: {
    GET: {
      needs: "connection:read",
      query: ({ at, endpointId, connectionId }) => ({ after: encodeCursor([at, endpointId]), connectionId }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: endpoint({
      params: () => ({}),
      body: ({ spareIntegrationId, subscriberId }) => ({
        integrationId: spareIntegrationId,
        subscriberId,
        type: "slack_user",
        endpoint: { userId: "U1" },
      }),
      own: 201,
    }),
  },
  [`${V1}/endpoints/[endpointId]/route.ts`]: {
    GET: endpoint({ needs: "connection:read" }),
    PATCH: endpoint({ body: () => ({ endpoint: { channelId: "C2" } }) }),
    DELETE: endpoint({ own: 204 }),
  },
  [`${V1}/subscriptions/route.ts`]: {
    GET: {
      needs: "subscription:read",
      query: ({ at, subscriptionId, pushSenderId }) => ({ after: encodeCursor([at, subscriptionId]), senderId: pushSenderId }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
  },
  [`${V1}/subscriptions/[subscriptionId]/route.ts`]: {
    GET: sender({ needs: "subscription:read", params: ({ subscriptionId }) => ({ subscriptionId }) }),
    DELETE: sender({ needs: "subscription:write", params: ({ subscriptionId }) => ({ subscriptionId }), own: 204 }),
  },
};

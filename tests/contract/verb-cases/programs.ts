import type { Permission } from "@/lib/auth/permissions";
import { encodeCursor } from "@/lib/core/page";
import { browserSubscription } from "@/tests/support/push";
import type { Ids } from "@/tests/support/two-institutions";
import { type Cases, helper, type VerbCase } from "./case";

const key = (more: object = {}): VerbCase => ({
  needs: "key:own",
  given: ({ apiKeyId }) => ({ keyId: apiKeyId, ...more }),
  foreign: "not_found",
  plain: "not_found",
});

const accessToken = (more: object = {}): VerbCase => ({
  ...key(),
  given: ({ accessTokenId }) => ({ accessTokenId, ...more }),
});
const signingKey: VerbCase = {
  needs: "key:write",
  given: ({ signingKeyId }) => ({ signingKeyId }),
  foreign: "not_found",
  plain: "forbidden",
};
const subscription: VerbCase = {
  needs: "subscription:write",
  given: ({ subscriptionId }) => ({ subscriptionId }),
  foreign: "not_found",
  plain: "forbidden",
};
const ownChannel = (more: object = {}): VerbCase => ({
  needs: "subscriber",
  given: ({ pushSenderId }) => ({ senderId: pushSenderId, ...more }),
  foreign: "not_found",
  plain: "forbidden",
});
const connection = (more: object = {}): VerbCase => ({
  needs: "connection:write",
  given: ({ connectionId }) => ({ connectionId, ...more }),
  foreign: "not_found",
  plain: "forbidden",
});
const endpoint = (more: object = {}): VerbCase => ({ ...connection(), given: ({ endpointId }) => ({ endpointId, ...more }) });
/** Of a list, by each of the ids that it can be looked for by, and by its cursor. */
const listed = (needs: Permission, ...given: Array<(ids: Ids) => unknown>): VerbCase[] =>
  given.map((each) => ({ needs, given: each, foreign: "empty", plain: "forbidden" }));
const workspaceAndAuth = { workspace: { id: "T1" }, auth: { accessToken: "token" } };

export const PROGRAMS: Cases = {
  "lib/services/connections/browse.ts#browseConnections": listed(
    "connection:read",
    ({ integrationId }) => ({ integrationId }),
    ({ subscriberId }) => ({ subscriberId }),
    ({ connectionId }) => ({ after: connectionId }),
    ({ connectionId }) => ({ before: connectionId, includeCursor: true }),
  ),
  // the provider is asked by it; tests/contract/dialects/novu.test.ts names another institution's connection to it
  "lib/services/connections/check.ts#checkConnection": { needs: "connection:write" },
  "lib/services/connections/create.ts#createConnection": {
    ...connection(),
    given: ({ spareIntegrationId, subscriberId }) => ({ integrationId: spareIntegrationId, subscriberId, ...workspaceAndAuth }),
  },
  "lib/services/connections/delete.ts#deleteConnection": connection(),
  "lib/services/connections/get.ts#getConnection": { ...connection(), needs: "connection:read" },
  "lib/services/connections/list.ts#listConnections": listed(
    "connection:read",
    ({ integrationId }) => ({ integrationId }),
    ({ subscriberId }) => ({ subscriberId }),
    ({ at, connectionId }) => ({ after: encodeCursor([at, connectionId]) }),
  ),
  "lib/services/connections/update.ts#updateConnection": connection(workspaceAndAuth),
  "lib/services/endpoints/browse.ts#browseEndpoints": listed(
    "connection:read",
    ({ integrationId }) => ({ integrationId }),
    ({ endpointId }) => ({ after: endpointId, includeCursor: true }),
  ),
  "lib/services/endpoints/create.ts#createEndpoint": {
    ...endpoint(),
    given: ({ spareIntegrationId, subscriberId }) => ({
      integrationId: spareIntegrationId,
      subscriberId,
      type: "slack_user",
      endpoint: { userId: "U1" },
    }),
  },
  "lib/services/endpoints/delete.ts#deleteEndpoint": endpoint(),
  "lib/services/endpoints/get.ts#getEndpoint": { ...endpoint(), needs: "connection:read" },
  "lib/services/endpoints/list.ts#listEndpoints": listed(
    "connection:read",
    ({ connectionId }) => ({ connectionId }),
    ({ integrationId }) => ({ integrationId }),
    ({ subscriberId }) => ({ subscriberId }),
    ({ at, endpointId }) => ({ after: encodeCursor([at, endpointId]) }),
  ),
  "lib/services/endpoints/update.ts#updateEndpoint": endpoint({ endpoint: { channelId: "C2" } }),
  "lib/services/keys/create.ts#createKey": { needs: "key:own", given: () => ({ name: "Program", scopes: ["contact_points:read"] }) },
  "lib/services/keys/get.ts#getKey": key(),
  "lib/services/keys/get-form.ts#getKeyForm": { needs: "key:own" },
  "lib/services/keys/internal.ts#withinReach": helper,
  "lib/services/keys/list.ts#listKeys": {
    ...key(),
    given: ({ at, apiKeyId }) => ({ after: encodeCursor([at, apiKeyId]) }),
    foreign: "empty",
    plain: "fine",
  },
  "lib/services/keys/revoke.ts#revokeKey": key(),
  "lib/services/api-requests/list.ts#listKeyRequests": key({ status: "2xx" }),
  "lib/services/signing-keys/create.ts#createSigningKey": { needs: "key:write", given: () => ({ name: "Application" }) },
  "lib/services/signing-keys/get.ts#getSigningKey": { ...signingKey, needs: "key:read" },
  "lib/services/signing-keys/list.ts#listSigningKeys": {
    needs: "key:read",
    given: ({ at, signingKeyId }) => ({ after: encodeCursor([at, signingKeyId]) }),
    foreign: "empty",
    plain: "forbidden",
  },
  "lib/services/signing-keys/revoke.ts#revokeSigningKey": signingKey,
  "lib/services/access-tokens/create.ts#createAccessToken": { needs: "key:own", given: () => ({ name: "Token" }) },
  "lib/services/access-tokens/list.ts#listAccessTokens": {
    needs: "key:own",
    given: ({ at, accessTokenId }) => ({ after: encodeCursor([at, accessTokenId]) }),
    foreign: "empty",
    plain: "fine",
  },
  "lib/services/access-tokens/get.ts#getAccessToken": accessToken(),
  "lib/services/access-tokens/revoke.ts#revokeAccessToken": accessToken(),
  "lib/services/api-requests/list-of-token.ts#listTokenRequests": accessToken({ status: "4xx" }),
  "lib/services/limits/require-human.ts#requireHuman": helper,
  "lib/services/subscriptions/delete.ts#deleteOwnSubscription": {
    ...ownChannel(),
    given: ({ pushSenderId, pushEndpoint }) => ({ senderId: pushSenderId, identifier: pushEndpoint }),
  },
  "lib/services/subscriptions/delete.ts#deleteSubscription": subscription,
  "lib/services/subscriptions/get.ts#getSubscription": { ...subscription, needs: "subscription:read" },
  "lib/services/subscriptions/list.ts#listSubscriptions": [
    {
      needs: "subscription:read",
      given: ({ pushSenderId }) => ({ senderId: pushSenderId }),
      foreign: "empty",
      plain: "forbidden",
    },
    {
      needs: "subscription:read",
      given: ({ at, subscriptionId }) => ({ after: encodeCursor([at, subscriptionId]) }),
      foreign: "empty",
      plain: "forbidden",
    },
  ],
  "lib/services/subscriptions/list-own.ts#listOwnSubscriptions": ownChannel(),
  "lib/services/subscriptions/settings.ts#deleteOwnSettings": ownChannel(),
  "lib/services/subscriptions/settings.ts#getOwnSettings": ownChannel(),
  "lib/services/subscriptions/settings.ts#putOwnSettings": ownChannel({ settings: { device_tokens: [] } }),
  "lib/services/subscriptions/upsert.ts#upsertSubscription": ownChannel(browserSubscription()),
};

import type { Permission } from "@/lib/auth/permissions";
import { encodeCursor } from "@/lib/core/page";
import type { Ids } from "@/tests/support/two-institutions";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One method of one route, as somebody who knows these ids could call it. */
export interface RouteCase {
  needs: Permission;
  params?: (ids: Ids) => Record<string, string>;
  query?: (ids: Ids) => Record<string, string>;
  body?: (ids: Ids) => unknown;
  /** To another institution's ids and to unknown ones alike; without it the call names nothing of anybody's. */
  foreign?: number;
  /** To a plain member of the same institution who names what is the owner's. */
  plain: number;
  own: number;
}

const own = (name: keyof Ids, more: Partial<RouteCase> = {}): RouteCase => ({
  needs: "contact_point:own",
  params: (ids) => ({ contactPointId: ids[name] }),
  foreign: 404,
  plain: 404,
  own: 200,
  ...more,
});
const subscriber = (more: Partial<RouteCase>): RouteCase => ({
  needs: "subscriber:write",
  params: ({ subscriberId }) => ({ subscriberId }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});
const domain = (more: Partial<RouteCase>): RouteCase => ({
  needs: "domain:write",
  params: ({ domainId }) => ({ domainId }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});
const number = (more: Partial<RouteCase>): RouteCase => ({ needs: "number:write", foreign: 404, plain: 403, own: 200, ...more });
const sender = (more: Partial<RouteCase> = {}, name: "senderId" | "textSenderId" = "senderId"): RouteCase => ({
  needs: "sender:write",
  params: (ids) => ({ senderId: ids[name] }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});
const integration = (name: "integrationId" | "spareIntegrationId", more: Partial<RouteCase> = {}): RouteCase => ({
  ...sender(),
  params: (ids) => ({ integrationId: ids[name] }),
  ...more,
});
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
const member = (more: Partial<RouteCase> = {}): RouteCase => ({
  needs: "member:write",
  params: ({ memberId }) => ({ memberId }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});
const theInstitution = { name: "Renamed", defaultCountry: "JP", defaultLocale: "ja", locales: ["ja"] };
const workspaceAndAuth = { workspace: { id: "T1" }, auth: { accessToken: "token" } };
const item = (more: Partial<RouteCase>): RouteCase => ({ needs: "inbox:own", foreign: 404, plain: 404, own: 204, ...more });

/** Routes that answer without a session, and have tests of their own. */
export const OPEN_ROUTES = [
  "app/api/auth/[...nextauth]/route.ts",
  "app/api/openapi/[name]/route.ts",
  "app/api/v1/[[...rest]]/route.ts",
  "app/healthz/route.ts",
  "app/hooks/[provider]/[integrationId]/route.ts",
  "app/readyz/route.ts",
];

const V1 = "app/api/v1";

export const ROUTE_CASES: Record<string, Partial<Record<Method, RouteCase>>> = {
  "app/(console)/catcher/mail/[caughtId]/html/route.ts": {
    GET: { needs: "catcher:read", params: ({ caughtId }) => ({ caughtId }), plain: 403, own: 404 },
  },
  [`${V1}/audit/route.ts`]: {
    GET: {
      needs: "audit:read",
      query: ({ contactPointId, at, userId }) => ({ object: contactPointId, actor: userId, after: encodeCursor([at, contactPointId]) }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
  },
  [`${V1}/audit/export/route.ts`]: {
    GET: {
      needs: "audit:read",
      query: ({ contactPointId }) => ({ format: "csv", object: contactPointId }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
  },
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
  [`${V1}/contact-points/route.ts`]: {
    GET: { needs: "contact_point:own", query: ({ subscriberId }) => ({ subscriberId }), foreign: 200, plain: 403, own: 200 },
    POST: {
      needs: "contact_point:own",
      body: ({ subscriberId }) => ({ type: "email", label: "New", config: { email: "elsewhere@example.org" }, subscriberId }),
      foreign: 404,
      plain: 403,
      own: 201,
    },
  },
  [`${V1}/contact-points/[contactPointId]/route.ts`]: {
    GET: own("contactPointId"),
    PATCH: own("contactPointId", { body: () => ({ enabled: false }) }),
    DELETE: own("contactPointId"),
  },
  [`${V1}/contact-points/[contactPointId]/address/route.ts`]: {
    PUT: own("contactPointId", { body: () => ({ config: { email: "elsewhere@example.org" } }), own: 202 }),
    DELETE: own("changingId"),
  },
  [`${V1}/contact-points/[contactPointId]/history/route.ts`]: { GET: own("contactPointId") },
  [`${V1}/contact-points/[contactPointId]/opt-outs/route.ts`]: { GET: own("contactPointId") },
  [`${V1}/contact-points/[contactPointId]/pause/route.ts`]: {
    PUT: own("contactPointId", { body: () => ({ until: "hour" }) }),
    DELETE: own("contactPointId"),
  },
  [`${V1}/contact-points/[contactPointId]/restore/route.ts`]: { POST: own("deletedId", { body: () => ({}) }) },
  [`${V1}/contact-points/[contactPointId]/tests/route.ts`]: { POST: own("changingId", { body: () => ({}), own: 202 }) },
  [`${V1}/contact-points/[contactPointId]/verification/route.ts`]: {
    GET: own("changingId"),
    POST: own("unprovenId", { body: () => ({}), own: 202 }),
  },
  [`${V1}/contact-points/[contactPointId]/verification/code/route.ts`]: {
    POST: own("changingId", { body: ({ code }) => ({ code }) }),
  },
  [`${V1}/contact-points/[contactPointId]/verification/confirm/route.ts`]: { POST: own("inAppId", { body: () => ({}), own: 204 }) },
  [`${V1}/domains/route.ts`]: {
    GET: {
      needs: "domain:read",
      query: ({ at, domainId }) => ({ after: encodeCursor([at, domainId]) }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: { needs: "domain:write", body: () => ({ domain: "elsewhere.example" }), plain: 403, own: 201 },
  },
  [`${V1}/domains/[domainId]/route.ts`]: { GET: domain({ needs: "domain:read" }), DELETE: domain({ own: 204 }) },
  [`${V1}/domains/[domainId]/check/route.ts`]: { POST: domain({ body: () => ({}) }) },
  [`${V1}/inbox/route.ts`]: {
    GET: {
      needs: "inbox:own",
      query: ({ at, itemId }) => ({ after: encodeCursor([true, at, itemId]) }),
      foreign: 200,
      plain: 200,
      own: 200,
    },
  },
  [`${V1}/inbox/read-all/route.ts`]: { POST: { needs: "inbox:own", body: () => ({}), plain: 200, own: 200 } },
  [`${V1}/inbox/unread/route.ts`]: { GET: { needs: "inbox:own", plain: 200, own: 200 } },
  [`${V1}/inbox/[itemId]/confirm/route.ts`]: {
    POST: item({ params: ({ confirmItemId }) => ({ itemId: confirmItemId }), body: () => ({}) }),
  },
  [`${V1}/inbox/[itemId]/read/route.ts`]: { POST: item({ params: ({ itemId }) => ({ itemId }), body: () => ({}) }) },
  [`${V1}/institution/route.ts`]: {
    GET: { needs: "institution:read", plain: 200, own: 200 },
    PUT: { needs: "institution:write", body: () => theInstitution, plain: 403, own: 200 },
  },
  [`${V1}/institutions/route.ts`]: { POST: { needs: "institution:create", body: () => theInstitution, plain: 403, own: 201 } },
  [`${V1}/invitations/route.ts`]: {
    GET: {
      needs: "member:invite",
      query: ({ at, invitationId }) => ({ after: encodeCursor([at, invitationId]) }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: { needs: "member:invite", body: () => ({ email: "new@example.org", role: "member" }), plain: 403, own: 201 },
  },
  [`${V1}/invitations/[invitationId]/route.ts`]: {
    DELETE: { needs: "member:invite", params: ({ invitationId }) => ({ invitationId }), foreign: 404, plain: 403, own: 204 },
  },
  [`${V1}/members/route.ts`]: {
    GET: {
      needs: "member:read",
      query: ({ at, memberId }) => ({ after: encodeCursor([at, memberId]) }),
      foreign: 200,
      plain: 200,
      own: 200,
    },
  },
  [`${V1}/members/[memberId]/route.ts`]: {
    GET: member({ needs: "member:read", plain: 200 }),
    PATCH: member({ body: () => ({ role: "admin" }) }),
    DELETE: member({ needs: "member:read" }),
  },
  [`${V1}/members/[memberId]/keys/route.ts`]: { GET: member({ needs: "key:read" }) },
  [`${V1}/messages/[messageId]/route.ts`]: { GET: own("messageId", { params: ({ messageId }) => ({ messageId }) }) },
  [`${V1}/numbers/route.ts`]: {
    GET: {
      needs: "number:read",
      query: ({ at, phoneNumberId }) => ({ after: encodeCursor([at, phoneNumberId]) }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: number({ body: ({ textIntegrationId }) => ({ integrationId: textIntegrationId, number: "+815012345678" }), own: 201 }),
  },
  // an account for mail sells no numbers: no provider is asked
  [`${V1}/numbers/available/route.ts`]: { GET: number({ query: ({ integrationId }) => ({ integrationId, country: "JP" }), own: 422 }) },
  [`${V1}/numbers/purchases/route.ts`]: {
    POST: number({ body: ({ integrationId }) => ({ integrationId, number: "+815012345678" }), own: 422 }),
  },
  [`${V1}/numbers/[numberId]/route.ts`]: {
    GET: number({ needs: "number:read", params: ({ phoneNumberId }) => ({ numberId: phoneNumberId }) }),
    DELETE: number({ params: ({ phoneNumberId }) => ({ numberId: phoneNumberId }), own: 204 }),
  },
  [`${V1}/numbers/[numberId]/check/route.ts`]: {
    POST: number({ params: ({ phoneNumberId }) => ({ numberId: phoneNumberId }), body: () => ({}) }),
  },
  [`${V1}/numbers/[numberId]/sender/route.ts`]: {
    POST: number({ params: ({ phoneNumberId }) => ({ numberId: phoneNumberId }), body: () => ({}) }),
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
  [`${V1}/integrations/route.ts`]: {
    GET: {
      needs: "sender:read",
      query: ({ at, integrationId }) => ({ after: encodeCursor([at, integrationId]) }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: { needs: "sender:write", body: () => ({ provider: "slack", name: "Slack" }), plain: 403, own: 201 },
  },
  [`${V1}/integrations/[integrationId]/config/route.ts`]: {
    GET: integration("integrationId", { needs: "sender:read" }),
    PUT: integration("spareIntegrationId", {
      body: () => ({ config: { host: "smtp.other.example", port: 587, security: "starttls", auth: "none" } }),
    }),
  },
  [`${V1}/integrations/[integrationId]/route.ts`]: {
    GET: integration("integrationId", { needs: "sender:read" }),
    PATCH: integration("integrationId", { body: () => ({ name: "Renamed", identifier: "renamed" }) }),
    DELETE: integration("spareIntegrationId"),
  },
  [`${V1}/senders/route.ts`]: {
    GET: {
      needs: "sender:read",
      query: ({ at, senderId, integrationId }) => ({ after: encodeCursor([at, senderId]), integrationId }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: {
      needs: "sender:write",
      body: ({ integrationId }) => ({ name: "New", integrationId, fromAddress: "new@example.org" }),
      foreign: 404,
      plain: 403,
      own: 201,
    },
  },
  [`${V1}/senders/push/route.ts`]: {
    POST: { needs: "sender:write", body: () => ({ name: "Push", subject: "https://example.org" }), plain: 403, own: 201 },
  },
  [`${V1}/senders/chat/route.ts`]: {
    POST: sender({ params: () => ({}), body: ({ chatIntegrationId }) => ({ integrationId: chatIntegrationId, name: "Chat" }), own: 201 }),
  },
  [`${V1}/senders/[senderId]/push-subject/route.ts`]: {
    PUT: sender({ params: ({ pushSenderId }) => ({ senderId: pushSenderId }), body: () => ({ subject: "https://example.org" }) }),
  },
  [`${V1}/senders/[senderId]/subscriptions/route.ts`]: {
    GET: sender({ needs: "subscription:read", params: ({ pushSenderId }) => ({ senderId: pushSenderId }), foreign: 200 }),
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
  [`${V1}/senders/diagnosis/route.ts`]: {
    POST: {
      needs: "sender:write",
      body: ({ integrationId }) => ({ integrationId, fromAddress: "new@example.org" }),
      foreign: 404,
      plain: 403,
      own: 200,
    },
  },
  [`${V1}/senders/[senderId]/route.ts`]: {
    GET: sender({ needs: "sender:read" }),
    PATCH: sender({ body: () => ({ name: "Renamed" }) }),
    DELETE: sender(),
  },
  [`${V1}/senders/in-use/route.ts`]: { GET: { needs: "sender:read", foreign: 200, plain: 403, own: 200 } },
  [`${V1}/spending/route.ts`]: {
    GET: { needs: "spending:read", foreign: 200, plain: 403, own: 200 },
    PATCH: { needs: "spending:write", body: () => ({ allow: "VN" }), foreign: 200, plain: 403, own: 200 },
  },
  [`${V1}/senders/[senderId]/default/route.ts`]: { PUT: sender({ body: () => ({}) }), DELETE: sender() },
  [`${V1}/senders/[senderId]/diagnosis/route.ts`]: { POST: sender({ body: () => ({}) }) },
  [`${V1}/senders/[senderId]/duplicate/route.ts`]: { POST: sender({ body: () => ({ name: "Copy" }), own: 201 }) },
  [`${V1}/senders/[senderId]/enabled/route.ts`]: { PUT: sender({ body: () => ({}) }, "textSenderId"), DELETE: sender({}, "textSenderId") },
  [`${V1}/senders/[senderId]/history/route.ts`]: { GET: sender({ needs: "sender:read" }) },
  [`${V1}/senders/[senderId]/verification/route.ts`]: { GET: sender(), POST: sender({ body: () => ({}), own: 202 }) },
  [`${V1}/senders/[senderId]/verification/code/route.ts`]: { POST: sender({ body: ({ senderCode }) => ({ code: senderCode }) }) },
  [`${V1}/subscribers/route.ts`]: {
    GET: {
      needs: "subscriber:read",
      query: ({ at, subscriberId }) => ({ after: encodeCursor([at, subscriberId]) }),
      foreign: 200,
      plain: 403,
      own: 200,
    },
    POST: { needs: "subscriber:write", body: () => ({ externalId: "elsewhere" }), plain: 403, own: 201 },
  },
  [`${V1}/subscribers/[subscriberId]/route.ts`]: {
    GET: subscriber({ needs: "subscriber:read" }),
    PATCH: subscriber({ body: () => ({ name: "Renamed" }) }),
    DELETE: subscriber({ own: 204 }),
  },
};

export const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;

/** Every method of every route, one line each. */
export const ROUTE_LINES = Object.entries(ROUTE_CASES).flatMap(([file, methods]) =>
  METHODS.flatMap((method) => {
    const found = methods[method];
    return found ? [{ file, method, ...found }] : [];
  }),
);

/** Whether a body goes with it: a handler reads none for the other methods. */
export function takesBody(method: string): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}

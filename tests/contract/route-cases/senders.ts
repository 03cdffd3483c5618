import { encodeCursor } from "@/lib/core/page";
import { type Cases, type RouteCase, sender, V1 } from "./case";

const domain = (more: Partial<RouteCase>): RouteCase => ({
  needs: "domain:write",
  params: ({ domainId }) => ({ domainId }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});
const number = (more: Partial<RouteCase>): RouteCase => ({ needs: "number:write", foreign: 404, plain: 403, own: 200, ...more });
const integration = (name: "integrationId" | "spareIntegrationId", more: Partial<RouteCase> = {}): RouteCase => ({
  ...sender(),
  params: (ids) => ({ integrationId: ids[name] }),
  ...more,
});

export const SENDERS: Cases = {
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
};

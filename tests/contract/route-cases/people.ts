import { encodeCursor } from "@/lib/core/page";
import { type Cases, type RouteCase, V1 } from "./case";

const member = (more: Partial<RouteCase> = {}): RouteCase => ({
  needs: "member:write",
  params: ({ memberId }) => ({ memberId }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});
const theInstitution = { name: "Renamed", defaultCountry: "JP", defaultLocale: "ja", locales: ["ja"] };
const item = (more: Partial<RouteCase>): RouteCase => ({ needs: "inbox:own", foreign: 404, plain: 404, own: 204, ...more });

export const PEOPLE: Cases = {
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
};

import { encodeCursor } from "@/lib/core/page";
import type { Ids } from "@/tests/support/two-institutions";
import { type Cases, type RouteCase, V1 } from "./case";

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

export const CONTACT_POINTS: Cases = {
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
  [`${V1}/messages/[messageId]/route.ts`]: { GET: own("messageId", { params: ({ messageId }) => ({ messageId }) }) },
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

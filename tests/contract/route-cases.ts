import type { Cases } from "./route-cases/case";
import { CONTACT_POINTS } from "./route-cases/contact-points";
import { PEOPLE } from "./route-cases/people";
import { PROGRAMS } from "./route-cases/programs";
import { SENDERS } from "./route-cases/senders";

export type { RouteCase } from "./route-cases/case";

/** Routes that answer without a session, and have tests of their own. */
export const OPEN_ROUTES = [
  "app/api/auth/[...nextauth]/route.ts",
  "app/api/openapi/[name]/route.ts",
  "app/api/v1/[[...rest]]/route.ts",
  "app/healthz/route.ts",
  "app/hooks/[provider]/[integrationId]/route.ts",
  "app/readyz/route.ts",
];

export const ROUTE_CASES: Cases = { ...PEOPLE, ...CONTACT_POINTS, ...SENDERS, ...PROGRAMS };

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

import type { Permission } from "@/lib/auth/permissions";
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

export type Cases = Record<string, Partial<Record<Method, RouteCase>>>;
export const V1 = "app/api/v1";

export const sender = (more: Partial<RouteCase> = {}, name: "senderId" | "textSenderId" = "senderId"): RouteCase => ({
  needs: "sender:write",
  params: (ids) => ({ senderId: ids[name] }),
  foreign: 404,
  plain: 403,
  own: 200,
  ...more,
});

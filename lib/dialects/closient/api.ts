import { closientRoutes } from "@/lib/dialects/closient/routes";
import * as schemas from "@/lib/dialects/closient/schemas";
import { DetailList, DetailText } from "@/lib/http/detail-answer";
import { type ApiDescription, pathsOf, ERROR_STATUSES as STATUSES } from "@/lib/http/openapi/describe";

/** This API, for its document. */
export const closientApi: ApiDescription = {
  name: "closient",
  title: "Closient: notification channels",
  description: "A user's own notification channels: list, add, verify, switch, delete. Each key is one person's.",
  security: [{ key: { type: "apiKey", in: "header", name: "X-API-Key", description: "A secret key, `sk_…`, of one person." } }],
  errors: Object.fromEntries(STATUSES.map((status) => [status, status === 400 || status === 422 ? DetailList : DetailText])),
  errorMedia: "application/json",
  headers: { "Accept-Language": "The language of messages: en, zh, zh-Hant, ja, vi." },
  param: { type: "string" },
  schemas: { DetailText, DetailList, ...schemas },
  paths: pathsOf(closientRoutes),
};

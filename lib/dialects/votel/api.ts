import { votelRoutes } from "@/lib/dialects/votel/routes";
import * as schemas from "@/lib/dialects/votel/schemas";
import { DetailList, DetailText } from "@/lib/http/detail-answer";
import { type ApiDescription, pathsOf, ERROR_STATUSES as STATUSES } from "@/lib/http/openapi/describe";

/** This API, for its document. */
export const votelApi: ApiDescription = {
  name: "votel",
  title: "Votel: communication channels",
  description: "An institution's mail and text senders, bound to accounts, email domains and numbers. Each key is an institution's.",
  security: [{ key: { type: "apiKey", in: "header", name: "X-API-Key", description: "A secret key, `sk_…`, of the institution." } }],
  errors: Object.fromEntries(STATUSES.map((status) => [status, status === 400 || status === 422 ? DetailList : DetailText])),
  errorMedia: "application/json",
  headers: { "Accept-Language": "The language of messages: en, zh, zh-Hant, ja, vi." },
  param: { type: "string" },
  schemas: { DetailText, DetailList, ...schemas },
  paths: pathsOf(votelRoutes),
};

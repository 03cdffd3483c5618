import { slaunchxRoutes } from "@/lib/dialects/slaunchx/routes";
import * as schemas from "@/lib/dialects/slaunchx/schemas";
import { type ApiDescription, pathsOf, ERROR_STATUSES as STATUSES } from "@/lib/http/openapi/describe";

/** This API, for its document. */
export const slaunchxApi: ApiDescription = {
  name: "slaunchx",
  title: "SlaunchX: notification channels",
  description: "An institution's SMTP senders, by commands and queries.",
  security: [{ bearer: { type: "http", scheme: "bearer", description: "A short-lived access token." } }],
  errors: Object.fromEntries(STATUSES.map((status) => [status, schemas.ErrorAnswer])),
  errorMedia: "application/json",
  headers: {
    "Accept-Language": "The language of messages: en, zh, zh-Hant, ja, vi.",
    "X-Client-Hash": "A client's own word for its device, for the audit log.",
    "X-Turnstile-Token": "What the page got from Turnstile, where a site key is configured.",
  },
  param: { type: "string" },
  schemas: { ...schemas },
  paths: pathsOf(slaunchxRoutes),
};

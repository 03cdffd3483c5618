import { notiflowsRoutes } from "@/lib/dialects/notiflows/routes";
import * as schemas from "@/lib/dialects/notiflows/schemas";
import { type ApiDescription, pathsOf, ERROR_STATUSES as STATUSES } from "@/lib/http/openapi/describe";

/** This API, for its document. */
export const notiflowsApi: ApiDescription = {
  name: "notiflows",
  title: "Notiflows: subscriptions and settings",
  description: "For the users of an institution's own application: their devices on a channel, and what the application keeps for them.",
  security: [
    {
      key: { type: "apiKey", in: "header", name: "X-Notiflows-API-Key", description: "A public key, `pk_…`." },
      user: {
        type: "apiKey",
        in: "header",
        name: "X-Notiflows-User-Key",
        description: "A token about the user, signed with the application's key.",
      },
    },
  ],
  errors: Object.fromEntries(STATUSES.map((status) => [status, schemas.ErrorBody])),
  errorMedia: "application/json",
  headers: {},
  param: { type: "string" },
  schemas: { ...schemas },
  paths: pathsOf(notiflowsRoutes),
};

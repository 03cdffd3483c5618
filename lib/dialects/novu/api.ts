import { novuRoutes } from "@/lib/dialects/novu/routes";
import * as schemas from "@/lib/dialects/novu/schemas";
import { type ApiDescription, pathsOf, ERROR_STATUSES as STATUSES } from "@/lib/http/openapi/describe";

/** This API, for its document. */
export const novuApi: ApiDescription = {
  name: "novu",
  title: "Novu: channel connections and endpoints",
  description: "Workspaces of chat providers that were connected, and the addresses inside them.",
  security: [{ key: { type: "apiKey", in: "header", name: "Authorization", description: "`ApiKey` and a secret key: `ApiKey sk_…`." } }],
  errors: Object.fromEntries(STATUSES.map((status) => [status, schemas.Refusal])),
  errorMedia: "application/json",
  headers: {},
  param: { type: "string" },
  schemas: { ...schemas },
  paths: pathsOf(novuRoutes),
};

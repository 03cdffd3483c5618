import { fromConnection, fromEndpoint } from "@/lib/dialects/novu/from-domain";
import { type ApiView, OPEN } from "@/lib/http/api-view";
import type { ConnectionDto } from "@/lib/services/connections/dto";
import type { EndpointDto } from "@/lib/services/endpoints/dto";

const headers = { Authorization: `ApiKey ${OPEN.key}` };

/** A connection as this API's clients see it. */
export function novuConnectionView(connection: ConnectionDto): ApiView {
  const shown = fromConnection(connection);
  const body = {
    ...whose(shown),
    connectionMode: connection.mode,
    workspace: shown.workspace,
    auth: { accessToken: OPEN.accessToken },
  };
  return { api: "novu", shown, request: { method: "POST", path: "/v1/channel-connections", headers, body } };
}

/** An endpoint as this API's clients see it. */
export function novuEndpointView(endpoint: EndpointDto): ApiView {
  const shown = fromEndpoint(endpoint);
  const { connectionIdentifier, type } = shown;
  const body = { ...whose(shown), ...(connectionIdentifier === null ? {} : { connectionIdentifier }), type, endpoint: shown.endpoint };
  return { api: "novu", shown, request: { method: "POST", path: "/v1/channel-endpoints", headers, body } };
}

/** `tenant:acme` is the context `{ tenant: "acme" }`. */
function whose({
  identifier,
  subscriberId,
  integrationIdentifier,
  contextKeys,
}: ReturnType<typeof fromEndpoint> | ReturnType<typeof fromConnection>) {
  const context = Object.fromEntries(contextKeys.map((key) => [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)]));
  return {
    identifier,
    ...(subscriberId === null ? {} : { subscriberId }),
    ...(contextKeys.length > 0 ? { context } : {}),
    integrationIdentifier,
  };
}

import { defineRoute, operation } from "@/lib/http/define-route";
import { createEndpoint } from "@/lib/services/endpoints/create";
import { ListEndpointsInput, listEndpoints } from "@/lib/services/endpoints/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListEndpointsInput, handle: (ctx, { query }) => listEndpoints(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createEndpoint(ctx, body) }),
});

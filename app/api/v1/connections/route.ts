import { defineRoute, operation } from "@/lib/http/define-route";
import { createConnection } from "@/lib/services/connections/create";
import { ListConnectionsInput, listConnections } from "@/lib/services/connections/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListConnectionsInput, handle: (ctx, { query }) => listConnections(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createConnection(ctx, body) }),
});

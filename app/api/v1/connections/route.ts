import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { Connection } from "@/lib/http/native-schemas/programs";
import { CreateConnectionInput, createConnection } from "@/lib/services/connections/create";
import { ListConnectionsInput, listConnections } from "@/lib/services/connections/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List connections",
    answer: page(Connection),
    query: ListConnectionsInput,
    handle: (ctx, { query }) => listConnections(ctx, query),
  }),
  POST: operation({
    summary: "Connect a provider's workspace",
    body: CreateConnectionInput,
    answer: Connection,
    status: 201,
    handle: (ctx, { body }) => createConnection(ctx, body),
  }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Connection } from "@/lib/http/native-schemas/programs";
import { deleteConnection } from "@/lib/services/connections/delete";
import { getConnection } from "@/lib/services/connections/get";
import { UpdateConnectionInput, updateConnection } from "@/lib/services/connections/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve a connection", answer: Connection, handle: (ctx, { params }) => getConnection(ctx, params) }),
  PATCH: operation({
    summary: "Replace a connection's workspace and token",
    body: UpdateConnectionInput.omit({ connectionId: true, identifier: true }),
    answer: Connection,
    handle: (ctx, call) => updateConnection(ctx, withParams(call)),
  }),
  DELETE: operation({
    summary: "Delete a connection and its endpoints",
    answer: null,
    handle: (ctx, { params }) => deleteConnection(ctx, params),
  }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { deleteConnection } from "@/lib/services/connections/delete";
import { getConnection } from "@/lib/services/connections/get";
import { updateConnection } from "@/lib/services/connections/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getConnection(ctx, params) }),
  PATCH: operation({ handle: (ctx, call) => updateConnection(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteConnection(ctx, params) }),
});

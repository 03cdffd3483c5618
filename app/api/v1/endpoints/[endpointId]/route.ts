import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { deleteEndpoint } from "@/lib/services/endpoints/delete";
import { getEndpoint } from "@/lib/services/endpoints/get";
import { updateEndpoint } from "@/lib/services/endpoints/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getEndpoint(ctx, params) }),
  PATCH: operation({ handle: (ctx, call) => updateEndpoint(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteEndpoint(ctx, params) }),
});

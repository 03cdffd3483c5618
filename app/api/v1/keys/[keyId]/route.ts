import { defineRoute, operation } from "@/lib/http/define-route";
import { getKey } from "@/lib/services/keys/get";
import { revokeKey } from "@/lib/services/keys/revoke";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getKey(ctx, params) }),
  DELETE: operation({ handle: (ctx, { params }) => revokeKey(ctx, params) }),
});

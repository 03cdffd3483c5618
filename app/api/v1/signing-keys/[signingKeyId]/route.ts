import { defineRoute, operation } from "@/lib/http/define-route";
import { getSigningKey } from "@/lib/services/signing-keys/get";
import { revokeSigningKey } from "@/lib/services/signing-keys/revoke";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getSigningKey(ctx, params) }),
  DELETE: operation({ handle: (ctx, { params }) => revokeSigningKey(ctx, params) }),
});

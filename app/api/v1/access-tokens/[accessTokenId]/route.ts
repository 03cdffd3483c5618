import { defineRoute, operation } from "@/lib/http/define-route";
import { revokeAccessToken } from "@/lib/services/access-tokens/revoke";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  DELETE: operation({ summary: "Revoke an access token", answer: null, handle: (ctx, { params }) => revokeAccessToken(ctx, params) }),
});

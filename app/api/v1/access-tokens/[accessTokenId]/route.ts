import { ownBizId } from "@/lib/dialects/slaunchx/own-biz-id";
import { defineRoute, operation } from "@/lib/http/define-route";
import { AccessTokenAlone } from "@/lib/http/native-schemas/programs";
import { getAccessToken } from "@/lib/services/access-tokens/get";
import { revokeAccessToken } from "@/lib/services/access-tokens/revoke";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve an access token",
    answer: AccessTokenAlone,
    handle: async (ctx, { params }) => ({ ...(await getAccessToken(ctx, params)), institutionBizId: ownBizId(ctx) }),
  }),
  DELETE: operation({ summary: "Revoke an access token", answer: null, handle: (ctx, { params }) => revokeAccessToken(ctx, params) }),
});

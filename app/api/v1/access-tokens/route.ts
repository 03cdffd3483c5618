import { ownBizId } from "@/lib/dialects/slaunchx/own-biz-id";
import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { AccessToken, NewAccessToken } from "@/lib/http/native-schemas/programs";
import { CreateAccessTokenInput, createAccessToken } from "@/lib/services/access-tokens/create";
import { ListAccessTokensInput, listAccessTokens } from "@/lib/services/access-tokens/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List your access tokens, or all of them as an admin",
    answer: page(AccessToken),
    query: ListAccessTokensInput,
    handle: (ctx, { query }) => listAccessTokens(ctx, query),
  }),
  POST: operation({
    summary: "Make an access token, signed in at the console; it is shown this once",
    body: CreateAccessTokenInput,
    answer: NewAccessToken,
    status: 201,
    handle: async (ctx, { body }) => ({ ...(await createAccessToken(ctx, body)), institutionBizId: ownBizId(ctx) }),
  }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { createAccessToken } from "@/lib/services/access-tokens/create";
import { ListAccessTokensInput, listAccessTokens } from "@/lib/services/access-tokens/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListAccessTokensInput, handle: (ctx, { query }) => listAccessTokens(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createAccessToken(ctx, body) }),
});

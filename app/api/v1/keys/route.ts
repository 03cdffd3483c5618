import { defineRoute, operation } from "@/lib/http/define-route";
import { createKey } from "@/lib/services/keys/create";
import { ListKeysInput, listKeys } from "@/lib/services/keys/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListKeysInput, handle: (ctx, { query }) => listKeys(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createKey(ctx, body) }),
});

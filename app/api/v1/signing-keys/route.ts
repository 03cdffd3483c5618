import { defineRoute, operation } from "@/lib/http/define-route";
import { createSigningKey } from "@/lib/services/signing-keys/create";
import { ListSigningKeysInput, listSigningKeys } from "@/lib/services/signing-keys/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListSigningKeysInput, handle: (ctx, { query }) => listSigningKeys(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createSigningKey(ctx, body) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { Key, NewKey } from "@/lib/http/native-schemas/programs";
import { CreateKeyInput, createKey } from "@/lib/services/keys/create";
import { ListKeysInput, listKeys } from "@/lib/services/keys/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "List keys", answer: page(Key), query: ListKeysInput, handle: (ctx, { query }) => listKeys(ctx, query) }),
  POST: operation({
    summary: "Make a key; it is shown this once",
    body: CreateKeyInput,
    answer: NewKey,
    status: 201,
    handle: (ctx, { body }) => createKey(ctx, body),
  }),
});

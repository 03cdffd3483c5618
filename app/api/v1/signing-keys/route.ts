import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { NewSigningKey, SigningKey } from "@/lib/http/native-schemas/programs";
import { CreateSigningKeyInput, createSigningKey } from "@/lib/services/signing-keys/create";
import { ListSigningKeysInput, listSigningKeys } from "@/lib/services/signing-keys/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List signing keys",
    answer: page(SigningKey),
    query: ListSigningKeysInput,
    handle: (ctx, { query }) => listSigningKeys(ctx, query),
  }),
  POST: operation({
    summary: "Make or upload a signing key; a private half is shown this once",
    body: CreateSigningKeyInput,
    answer: NewSigningKey,
    status: 201,
    handle: (ctx, { body }) => createSigningKey(ctx, body),
  }),
});

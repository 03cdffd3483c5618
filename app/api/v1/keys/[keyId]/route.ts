import { defineRoute, operation } from "@/lib/http/define-route";
import { KeyDetail } from "@/lib/http/native-schemas/programs";
import { getKey } from "@/lib/services/keys/get";
import { revokeKey } from "@/lib/services/keys/revoke";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve a key, without the key itself",
    answer: KeyDetail,
    handle: (ctx, { params }) => getKey(ctx, params),
  }),
  DELETE: operation({
    summary: "Revoke a key, and the keys that were made with it",
    answer: null,
    handle: (ctx, { params }) => revokeKey(ctx, params),
  }),
});

import { z } from "zod";
import { defineRoute, operation } from "@/lib/http/define-route";
import { KeyDetail } from "@/lib/http/native-schemas/programs";
import { getKey } from "@/lib/services/keys/get";
import { revokeKey } from "@/lib/services/keys/revoke";

const RevocationQuery = z.strictObject({
  signingKeys: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .default(false)
    .meta({ description: "Also the signing keys that were made with it, on which users of an application may depend." }),
});

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve a key, without the key itself",
    answer: KeyDetail,
    handle: (ctx, { params }) => getKey(ctx, params),
  }),
  DELETE: operation({
    summary: "Revoke a key, and the keys that were made with it",
    query: RevocationQuery,
    answer: null,
    handle: (ctx, { params, query }) => revokeKey(ctx, { ...query, ...params }),
  }),
});

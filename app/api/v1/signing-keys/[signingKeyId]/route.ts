import { defineRoute, operation } from "@/lib/http/define-route";
import { SigningKey } from "@/lib/http/native-schemas/programs";
import { getSigningKey } from "@/lib/services/signing-keys/get";
import { revokeSigningKey } from "@/lib/services/signing-keys/revoke";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve the public half of a signing key",
    answer: SigningKey,
    handle: (ctx, { params }) => getSigningKey(ctx, params),
  }),
  DELETE: operation({ summary: "Revoke a signing key", answer: null, handle: (ctx, { params }) => revokeSigningKey(ctx, params) }),
});

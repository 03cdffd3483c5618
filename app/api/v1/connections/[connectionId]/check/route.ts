import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { Connection } from "@/lib/http/native-schemas/programs";
import { checkConnection } from "@/lib/services/connections/check";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Ask the provider whether it takes the stored token",
    body: Nothing,
    answer: Connection,
    handle: (ctx, call) => checkConnection(ctx, withParams(call)),
  }),
});

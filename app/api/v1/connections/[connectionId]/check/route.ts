import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { checkConnection } from "@/lib/services/connections/check";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => checkConnection(ctx, withParams(call)) }),
});

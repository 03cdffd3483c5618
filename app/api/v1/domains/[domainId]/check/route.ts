import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { checkDomain } from "@/lib/services/domains/check";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => checkDomain(ctx, withParams(call)) }),
});

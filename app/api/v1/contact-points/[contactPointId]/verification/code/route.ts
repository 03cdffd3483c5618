import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { submitCode } from "@/lib/services/verifications/submit-code";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => submitCode(ctx, withParams(call)) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { submitSenderCode } from "@/lib/services/senders/submit-code";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => submitSenderCode(ctx, withParams(call)) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { sendTest } from "@/lib/services/contact-points/send-test";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ status: 202, handle: (ctx, call) => sendTest(ctx, withParams(call)) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { confirmInApp } from "@/lib/services/verifications/confirm-in-app";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => confirmInApp(ctx, withParams(call)) }),
});

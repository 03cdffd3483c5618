import { defineRoute, operation } from "@/lib/http/define-route";
import { confirmInApp } from "@/lib/services/verifications/confirm-in-app";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, { params }) => confirmInApp(ctx, params) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { confirmInApp } from "@/lib/services/verifications/confirm-in-app";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Confirm an in-app contact point",
    body: Nothing,
    answer: null,
    handle: (ctx, call) => confirmInApp(ctx, withParams(call)),
  }),
});

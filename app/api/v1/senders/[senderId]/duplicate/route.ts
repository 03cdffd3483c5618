import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { duplicateSender } from "@/lib/services/senders/duplicate";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ status: 201, handle: (ctx, call) => duplicateSender(ctx, withParams(call)) }),
});

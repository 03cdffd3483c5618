import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { setDefaultSender } from "@/lib/services/senders/set-default";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  PUT: operation({ handle: (ctx, call) => setDefaultSender(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => setDefaultSender(ctx, { ...params, isDefault: false }) }),
});

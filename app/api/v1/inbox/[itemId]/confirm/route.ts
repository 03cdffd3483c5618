import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { confirmFromInbox } from "@/lib/services/inbox/confirm";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => confirmFromInbox(ctx, withParams(call)) }),
});

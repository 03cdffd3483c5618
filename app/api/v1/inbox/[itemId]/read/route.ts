import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { markRead } from "@/lib/services/inbox/mark-read";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => markRead(ctx, withParams(call)) }),
});

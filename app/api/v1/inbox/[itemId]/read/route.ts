import { defineRoute, operation } from "@/lib/http/define-route";
import { markRead } from "@/lib/services/inbox/mark-read";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, { params }) => markRead(ctx, params) }),
});

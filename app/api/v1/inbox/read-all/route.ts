import { defineRoute, operation } from "@/lib/http/define-route";
import { markAllRead } from "@/lib/services/inbox/mark-all-read";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, { body }) => markAllRead(ctx, body) }),
});

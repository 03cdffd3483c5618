import { defineRoute, operation } from "@/lib/http/define-route";
import { unreadCount } from "@/lib/services/inbox/unread-count";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx) => unreadCount(ctx) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { Count } from "@/lib/http/native-schemas/common";
import { unreadCount } from "@/lib/services/inbox/unread-count";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Count the unread lines of your inbox", answer: Count, handle: (ctx) => unreadCount(ctx) }),
});

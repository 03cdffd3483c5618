import { defineRoute, operation } from "@/lib/http/define-route";
import { createChatSender } from "@/lib/services/senders/create-push";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ status: 201, handle: (ctx, { body }) => createChatSender(ctx, body) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { SenderDetail } from "@/lib/http/native-schemas/senders";
import { CreateChatInput, createChatSender } from "@/lib/services/senders/create-push";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Add a chat sender",
    body: CreateChatInput,
    answer: SenderDetail,
    status: 201,
    handle: (ctx, { body }) => createChatSender(ctx, body),
  }),
});

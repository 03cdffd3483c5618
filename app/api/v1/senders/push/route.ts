import { defineRoute, operation } from "@/lib/http/define-route";
import { SenderDetail } from "@/lib/http/native-schemas/senders";
import { CreatePushInput, createPushSender } from "@/lib/services/senders/create-push";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Add a push sender with a key pair of its own",
    body: CreatePushInput,
    answer: SenderDetail,
    status: 201,
    handle: (ctx, { body }) => createPushSender(ctx, body),
  }),
});

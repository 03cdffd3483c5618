import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { SenderDetail } from "@/lib/http/native-schemas/senders";
import { DuplicateSenderInput, duplicateSender } from "@/lib/services/senders/duplicate";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Copy a sender under another name",
    body: DuplicateSenderInput.omit({ senderId: true }),
    answer: SenderDetail,
    status: 201,
    handle: (ctx, call) => duplicateSender(ctx, withParams(call)),
  }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { SenderDetail } from "@/lib/http/native-schemas/senders";
import { SubmitSenderCodeInput, submitSenderCode } from "@/lib/services/senders/submit-code";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Prove a sender with the code that came through it",
    body: SubmitSenderCodeInput.omit({ senderId: true }),
    answer: SenderDetail,
    handle: (ctx, call) => submitSenderCode(ctx, withParams(call)),
  }),
});

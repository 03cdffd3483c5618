import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { SenderVerification } from "@/lib/http/native-schemas/senders";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { getSenderVerification } from "@/lib/services/senders/verification-status";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve how the verification of a sender stands",
    answer: SenderVerification,
    handle: (ctx, { params }) => getSenderVerification(ctx, params),
  }),
  POST: operation({
    summary: "Send a code through a sender to your own verified address",
    body: Nothing,
    answer: SenderVerification,
    status: 202,
    handle: async (ctx, call) => {
      await startSenderVerification(ctx, withParams(call));
      return getSenderVerification(ctx, call.params);
    },
  }),
});

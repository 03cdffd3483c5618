import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { getSenderVerification } from "@/lib/services/senders/verification-status";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getSenderVerification(ctx, params) }),
  POST: operation({
    status: 202,
    handle: async (ctx, call) => {
      await startSenderVerification(ctx, withParams(call));
      return getSenderVerification(ctx, call.params);
    },
  }),
});

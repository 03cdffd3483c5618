import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { startVerification } from "@/lib/services/verifications/start";
import { getVerificationStatus } from "@/lib/services/verifications/status";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getVerificationStatus(ctx, params) }),
  // the same answer whether it was queued, held back or over a hidden cap (R16)
  POST: operation({
    status: 202,
    handle: async (ctx, call) => {
      await startVerification(ctx, withParams(call));
      return getVerificationStatus(ctx, call.params);
    },
  }),
});

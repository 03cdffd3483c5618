import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { Verification } from "@/lib/http/native-schemas/contact-points";
import { startVerification } from "@/lib/services/verifications/start";
import { getVerificationStatus } from "@/lib/services/verifications/status";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve how the verification of a contact point stands",
    answer: Verification,
    handle: (ctx, { params }) => getVerificationStatus(ctx, params),
  }),
  // the same answer whether it was queued, held back or over a hidden cap (R16)
  POST: operation({
    summary: "Send a contact point a code, or another one",
    body: Nothing,
    answer: Verification,
    status: 202,
    handle: async (ctx, call) => {
      await startVerification(ctx, withParams(call));
      return getVerificationStatus(ctx, call.params);
    },
  }),
});

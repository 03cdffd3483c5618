import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { ContactPoint } from "@/lib/http/native-schemas/contact-points";
import { SubmitCodeInput, submitCode } from "@/lib/services/verifications/submit-code";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Prove a contact point with the code that it was sent",
    body: SubmitCodeInput.omit({ contactPointId: true }),
    answer: ContactPoint,
    handle: (ctx, call) => submitCode(ctx, withParams(call)),
  }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { SenderDetail } from "@/lib/http/native-schemas/senders";
import { SetPushSubjectInput, setPushSubject } from "@/lib/services/senders/set-push-subject";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  PUT: operation({
    summary: "Change whom push services turn to",
    body: SetPushSubjectInput.omit({ senderId: true }),
    answer: SenderDetail,
    handle: (ctx, call) => setPushSubject(ctx, withParams(call)),
  }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { SenderDetail } from "@/lib/http/native-schemas/senders";
import { activateSender } from "@/lib/services/senders/activate";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  // the diagnosis runs first, and what it finds is the refusal (R49)
  PUT: operation({
    summary: "Activate a sender, once its test finds nothing wrong",
    body: Nothing,
    answer: SenderDetail,
    handle: (ctx, call) => activateSender(ctx, withParams(call), call.request.signal),
  }),
  DELETE: operation({
    summary: "Switch a sender off; its messages wait",
    answer: SenderDetail,
    handle: (ctx, { params }) => setSenderEnabled(ctx, { ...params, enabled: false }),
  }),
});

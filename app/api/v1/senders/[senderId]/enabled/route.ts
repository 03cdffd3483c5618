import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { activateSender } from "@/lib/services/senders/activate";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  // the diagnosis runs first, and what it finds is the refusal (R49)
  PUT: operation({ handle: (ctx, call) => activateSender(ctx, withParams(call), call.request.signal) }),
  DELETE: operation({ handle: (ctx, { params }) => setSenderEnabled(ctx, { ...params, enabled: false }) }),
});

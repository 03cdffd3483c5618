import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { streamEvents } from "@/lib/http/stream-events";
import { diagnoseSender } from "@/lib/services/senders/diagnose";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => streamEvents(call.request, (signal) => diagnoseSender(ctx, withParams(call), signal)) }),
});

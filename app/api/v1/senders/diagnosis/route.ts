import { defineRoute, operation } from "@/lib/http/define-route";
import { streamEvents } from "@/lib/http/stream-events";
import { diagnoseSender } from "@/lib/services/senders/diagnose";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, { body, request }) => streamEvents(request, (signal) => diagnoseSender(ctx, body, signal)) }),
});

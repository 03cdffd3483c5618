import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { QueuedMessage } from "@/lib/http/native-schemas/contact-points";
import { sendTest } from "@/lib/services/contact-points/send-test";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Send a test message",
    body: Nothing,
    answer: QueuedMessage,
    status: 202,
    handle: (ctx, call) => sendTest(ctx, withParams(call)),
  }),
});

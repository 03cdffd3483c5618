import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { markRead } from "@/lib/services/inbox/mark-read";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Mark a line of the inbox as read",
    body: Nothing,
    answer: null,
    handle: (ctx, call) => markRead(ctx, withParams(call)),
  }),
});

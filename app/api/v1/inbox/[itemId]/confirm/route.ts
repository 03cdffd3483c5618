import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { confirmFromInbox } from "@/lib/services/inbox/confirm";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Confirm the contact point that an inbox line asks about",
    body: Nothing,
    answer: null,
    handle: (ctx, call) => confirmFromInbox(ctx, withParams(call)),
  }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { SenderDetail } from "@/lib/http/native-schemas/senders";
import { SetDefaultInput, setDefaultSender } from "@/lib/services/senders/set-default";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  PUT: operation({
    summary: "Make a sender the one that messages go out through",
    body: SetDefaultInput.omit({ senderId: true }),
    answer: SenderDetail,
    handle: (ctx, call) => setDefaultSender(ctx, withParams(call)),
  }),
  DELETE: operation({
    summary: "Let messages go out through the system's sender",
    answer: SenderDetail,
    handle: (ctx, { params }) => setDefaultSender(ctx, { ...params, isDefault: false }),
  }),
});

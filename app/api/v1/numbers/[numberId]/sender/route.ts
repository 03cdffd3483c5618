import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { PhoneNumber } from "@/lib/http/native-schemas/accounts";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { addNumberSender } from "@/lib/services/numbers/add-sender";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Make the sender of a number whose own one was deleted",
    body: Nothing,
    answer: PhoneNumber,
    handle: (ctx, call) => addNumberSender(ctx, withParams(call)),
  }),
});

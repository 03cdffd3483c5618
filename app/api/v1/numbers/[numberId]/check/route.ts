import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { PhoneNumber } from "@/lib/http/native-schemas/accounts";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { checkPurchase } from "@/lib/services/numbers/check-purchase";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Ask the provider how a purchase ended",
    body: Nothing,
    answer: PhoneNumber,
    handle: (ctx, call) => checkPurchase(ctx, withParams(call)),
  }),
});

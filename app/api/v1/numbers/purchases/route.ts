import { defineRoute, operation } from "@/lib/http/define-route";
import { PhoneNumber } from "@/lib/http/native-schemas/accounts";
import { BuyNumberInput, buyNumber } from "@/lib/services/numbers/buy";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Buy a number",
    body: BuyNumberInput,
    answer: PhoneNumber,
    status: 201,
    handle: (ctx, { body }) => buyNumber(ctx, body),
  }),
});

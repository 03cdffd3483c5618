import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { checkPurchase } from "@/lib/services/numbers/check-purchase";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => checkPurchase(ctx, withParams(call)) }),
});

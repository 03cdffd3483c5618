import { defineRoute, operation } from "@/lib/http/define-route";
import { buyNumber } from "@/lib/services/numbers/buy";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ status: 201, handle: (ctx, { body }) => buyNumber(ctx, body) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { GetSpendingInput, getSpending } from "@/lib/services/sms-spending/get-spending";
import { updateSpending } from "@/lib/services/sms-spending/update-spending";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: GetSpendingInput, handle: (ctx, { query }) => getSpending(ctx, query) }),
  PATCH: operation({
    handle: async (ctx, { body }) => {
      await updateSpending(ctx, body);
      return getSpending(ctx, {});
    },
  }),
});

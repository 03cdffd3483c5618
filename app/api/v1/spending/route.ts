import { defineRoute, operation } from "@/lib/http/define-route";
import { Spending } from "@/lib/http/native-schemas/accounts";
import { GetSpendingInput, getSpending } from "@/lib/services/sms-spending/get-spending";
import { UpdateSpendingInput, updateSpending } from "@/lib/services/sms-spending/update-spending";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve what texts came to, and their limits",
    answer: Spending,
    query: GetSpendingInput,
    handle: (ctx, { query }) => getSpending(ctx, query),
  }),
  PATCH: operation({
    summary: "Change the limits of texts",
    body: UpdateSpendingInput,
    answer: Spending,
    handle: async (ctx, { body }) => {
      await updateSpending(ctx, body);
      return getSpending(ctx, {});
    },
  }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { NumberOffers } from "@/lib/http/native-schemas/accounts";
import { SearchNumbersInput, searchNumbers } from "@/lib/services/numbers/search";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Search numbers that a provider sells",
    answer: NumberOffers,
    query: SearchNumbersInput,
    handle: (ctx, { query }) => searchNumbers(ctx, query),
  }),
});

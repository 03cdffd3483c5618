import { defineRoute, operation } from "@/lib/http/define-route";
import { SearchNumbersInput, searchNumbers } from "@/lib/services/numbers/search";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: SearchNumbersInput, handle: (ctx, { query }) => searchNumbers(ctx, query) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { ListNumbersInput, listNumbers } from "@/lib/services/numbers/list";
import { registerNumber } from "@/lib/services/numbers/register";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListNumbersInput, handle: (ctx, { query }) => listNumbers(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => registerNumber(ctx, body) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { PhoneNumber } from "@/lib/http/native-schemas/accounts";
import { page } from "@/lib/http/native-schemas/common";
import { ListNumbersInput, listNumbers } from "@/lib/services/numbers/list";
import { RegisterNumberInput, registerNumber } from "@/lib/services/numbers/register";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List phone numbers",
    answer: page(PhoneNumber),
    query: ListNumbersInput,
    handle: (ctx, { query }) => listNumbers(ctx, query),
  }),
  POST: operation({
    summary: "Register a number that the account has already",
    body: RegisterNumberInput,
    answer: PhoneNumber,
    status: 201,
    handle: (ctx, { body }) => registerNumber(ctx, body),
  }),
});

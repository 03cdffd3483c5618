import { defineRoute, operation } from "@/lib/http/define-route";
import { PhoneNumber } from "@/lib/http/native-schemas/accounts";
import { deleteNumber } from "@/lib/services/numbers/delete";
import { getNumber } from "@/lib/services/numbers/get";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve a phone number", answer: PhoneNumber, handle: (ctx, { params }) => getNumber(ctx, params) }),
  DELETE: operation({ summary: "Delete a phone number", answer: null, handle: (ctx, { params }) => deleteNumber(ctx, params) }),
});

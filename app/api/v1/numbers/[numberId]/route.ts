import { defineRoute, operation } from "@/lib/http/define-route";
import { deleteNumber } from "@/lib/services/numbers/delete";
import { getNumber } from "@/lib/services/numbers/get";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getNumber(ctx, params) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteNumber(ctx, params) }),
});

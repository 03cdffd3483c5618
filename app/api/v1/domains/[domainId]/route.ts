import { defineRoute, operation } from "@/lib/http/define-route";
import { deleteDomain } from "@/lib/services/domains/delete";
import { getDomain } from "@/lib/services/domains/get";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getDomain(ctx, params) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteDomain(ctx, params) }),
});

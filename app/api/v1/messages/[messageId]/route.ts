import { defineRoute, operation } from "@/lib/http/define-route";
import { getMessage } from "@/lib/services/messages/get";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getMessage(ctx, params) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { deleteSubscription } from "@/lib/services/subscriptions/delete";
import { getSubscription } from "@/lib/services/subscriptions/get";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getSubscription(ctx, params) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteSubscription(ctx, params) }),
});

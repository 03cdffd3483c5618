import { defineRoute, operation } from "@/lib/http/define-route";
import { Subscription } from "@/lib/http/native-schemas/programs";
import { deleteSubscription } from "@/lib/services/subscriptions/delete";
import { getSubscription } from "@/lib/services/subscriptions/get";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve a subscription", answer: Subscription, handle: (ctx, { params }) => getSubscription(ctx, params) }),
  DELETE: operation({ summary: "Remove a subscription", answer: null, handle: (ctx, { params }) => deleteSubscription(ctx, params) }),
});

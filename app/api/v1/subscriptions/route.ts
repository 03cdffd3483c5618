import { defineRoute, operation } from "@/lib/http/define-route";
import { ListSubscriptionsInput, listSubscriptions } from "@/lib/services/subscriptions/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListSubscriptionsInput, handle: (ctx, { query }) => listSubscriptions(ctx, query) }),
});

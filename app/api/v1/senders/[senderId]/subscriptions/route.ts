import { defineRoute, operation } from "@/lib/http/define-route";
import { ListSubscriptionsInput, listSubscriptions } from "@/lib/services/subscriptions/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    query: ListSubscriptionsInput.omit({ senderId: true }),
    handle: (ctx, { params, query }) => listSubscriptions(ctx, { ...query, ...params }),
  }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { Subscription } from "@/lib/http/native-schemas/programs";
import { ListSubscriptionsInput, listSubscriptions } from "@/lib/services/subscriptions/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List subscriptions",
    answer: page(Subscription),
    query: ListSubscriptionsInput,
    handle: (ctx, { query }) => listSubscriptions(ctx, query),
  }),
});

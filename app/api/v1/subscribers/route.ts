import { defineRoute, operation } from "@/lib/http/define-route";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { ListSubscribersInput, listSubscribers } from "@/lib/services/subscribers/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListSubscribersInput, handle: (ctx, { query }) => listSubscribers(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createSubscriber(ctx, body) }),
});

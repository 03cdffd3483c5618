import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { Subscriber, SubscriberInList } from "@/lib/http/native-schemas/people";
import { CreateSubscriberInput, createSubscriber } from "@/lib/services/subscribers/create";
import { ListSubscribersInput, listSubscribers } from "@/lib/services/subscribers/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List subscribers",
    answer: page(SubscriberInList),
    query: ListSubscribersInput,
    handle: (ctx, { query }) => listSubscribers(ctx, query),
  }),
  POST: operation({
    summary: "Add a subscriber",
    body: CreateSubscriberInput,
    answer: Subscriber,
    status: 201,
    handle: (ctx, { body }) => createSubscriber(ctx, body),
  }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { createSender } from "@/lib/services/senders/create";
import { ListSendersInput, listSenders } from "@/lib/services/senders/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListSendersInput, handle: (ctx, { query }) => listSenders(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createSender(ctx, body) }),
});

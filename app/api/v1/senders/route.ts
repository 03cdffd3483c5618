import { defineRoute, operation } from "@/lib/http/define-route";
import { NewSender } from "@/lib/http/native-schemas/bodies";
import { page } from "@/lib/http/native-schemas/common";
import { Sender, SenderDetail } from "@/lib/http/native-schemas/senders";
import { createSender } from "@/lib/services/senders/create";
import { ListSendersInput, listSenders } from "@/lib/services/senders/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List senders",
    answer: page(Sender),
    query: ListSendersInput,
    handle: (ctx, { query }) => listSenders(ctx, query),
  }),
  POST: operation({
    summary: "Add a sender; it has to be proven",
    body: NewSender,
    answer: SenderDetail,
    status: 201,
    handle: (ctx, { body }) => createSender(ctx, body),
  }),
});

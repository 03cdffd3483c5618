import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { InboxItem } from "@/lib/http/native-schemas/contact-points";
import { ListInboxInput, listInbox } from "@/lib/services/inbox/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List your inbox",
    answer: page(InboxItem),
    query: ListInboxInput,
    handle: (ctx, { query }) => listInbox(ctx, query),
  }),
});

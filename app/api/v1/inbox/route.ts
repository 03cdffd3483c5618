import { defineRoute, operation } from "@/lib/http/define-route";
import { ListInboxInput, listInbox } from "@/lib/services/inbox/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListInboxInput, handle: (ctx, { query }) => listInbox(ctx, query) }),
});

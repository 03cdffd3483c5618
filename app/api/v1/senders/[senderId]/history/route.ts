import { defineRoute, operation } from "@/lib/http/define-route";
import { getSenderHistory } from "@/lib/services/senders/history";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getSenderHistory(ctx, params) }),
});

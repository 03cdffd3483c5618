import { defineRoute, operation } from "@/lib/http/define-route";
import { KeyRequestsQuery, listKeyRequests } from "@/lib/services/api-requests/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: KeyRequestsQuery, handle: (ctx, { params, query }) => listKeyRequests(ctx, { ...query, ...params }) }),
});

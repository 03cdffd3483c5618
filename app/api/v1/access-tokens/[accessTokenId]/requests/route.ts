import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { ApiRequest } from "@/lib/http/native-schemas/programs";
import { ApiRequestsQuery } from "@/lib/services/api-requests/internal";
import { listTokenRequests } from "@/lib/services/api-requests/list-of-token";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List what was asked for with an access token in the last seven days",
    answer: page(ApiRequest),
    query: ApiRequestsQuery,
    handle: (ctx, { params, query }) => listTokenRequests(ctx, { ...query, ...params }),
  }),
});

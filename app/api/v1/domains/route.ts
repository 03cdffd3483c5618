import { defineRoute, operation } from "@/lib/http/define-route";
import { createDomain } from "@/lib/services/domains/create";
import { ListDomainsInput, listDomains } from "@/lib/services/domains/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListDomainsInput, handle: (ctx, { query }) => listDomains(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createDomain(ctx, body) }),
});

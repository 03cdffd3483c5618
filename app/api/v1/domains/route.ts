import { defineRoute, operation } from "@/lib/http/define-route";
import { Domain, DomainInList } from "@/lib/http/native-schemas/accounts";
import { page } from "@/lib/http/native-schemas/common";
import { CreateDomainInput, createDomain } from "@/lib/services/domains/create";
import { ListDomainsInput, listDomains } from "@/lib/services/domains/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List email domains",
    answer: page(DomainInList),
    query: ListDomainsInput,
    handle: (ctx, { query }) => listDomains(ctx, query),
  }),
  POST: operation({
    summary: "Add an email domain",
    body: CreateDomainInput,
    answer: Domain,
    status: 201,
    handle: (ctx, { body }) => createDomain(ctx, body),
  }),
});

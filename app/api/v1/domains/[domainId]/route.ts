import { defineRoute, operation } from "@/lib/http/define-route";
import { DomainWithSenders } from "@/lib/http/native-schemas/accounts";
import { deleteDomain } from "@/lib/services/domains/delete";
import { getDomain } from "@/lib/services/domains/get";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve an email domain and the records to publish",
    answer: DomainWithSenders,
    handle: (ctx, { params }) => getDomain(ctx, params),
  }),
  DELETE: operation({ summary: "Delete an email domain", answer: null, handle: (ctx, { params }) => deleteDomain(ctx, params) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { Integration } from "@/lib/http/native-schemas/accounts";
import { NewIntegration } from "@/lib/http/native-schemas/bodies";
import { page } from "@/lib/http/native-schemas/common";
import { createIntegration } from "@/lib/services/integrations/create";
import { ListIntegrationsInput, listIntegrations } from "@/lib/services/integrations/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List accounts with providers",
    answer: page(Integration),
    query: ListIntegrationsInput,
    handle: (ctx, { query }) => listIntegrations(ctx, query),
  }),
  POST: operation({
    summary: "Add an account with a provider",
    body: NewIntegration,
    answer: Integration,
    status: 201,
    handle: (ctx, { body }) => createIntegration(ctx, body),
  }),
});

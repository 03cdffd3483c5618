import { defineRoute, operation } from "@/lib/http/define-route";
import { createIntegration } from "@/lib/services/integrations/create";
import { ListIntegrationsInput, listIntegrations } from "@/lib/services/integrations/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListIntegrationsInput, handle: (ctx, { query }) => listIntegrations(ctx, query) }),
  POST: operation({ status: 201, handle: (ctx, { body }) => createIntegration(ctx, body) }),
});

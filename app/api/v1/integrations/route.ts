import { defineRoute, operation } from "@/lib/http/define-route";
import { ListIntegrationsInput, listIntegrations } from "@/lib/services/integrations/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListIntegrationsInput, handle: (ctx, { query }) => listIntegrations(ctx, query) }),
});

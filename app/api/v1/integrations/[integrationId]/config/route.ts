import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { configureIntegration } from "@/lib/services/integrations/configure";
import { getIntegrationForm } from "@/lib/services/integrations/get-form";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getIntegrationForm(ctx, params) }),
  PUT: operation({ handle: (ctx, call) => configureIntegration(ctx, withParams(call)) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Integration, IntegrationForm } from "@/lib/http/native-schemas/accounts";
import { ConfigureInput, configureIntegration } from "@/lib/services/integrations/configure";
import { getIntegrationForm } from "@/lib/services/integrations/get-form";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve the settings of an account, every secret as its mask",
    answer: IntegrationForm,
    handle: (ctx, { params }) => getIntegrationForm(ctx, params),
  }),
  PUT: operation({
    summary: "Replace the settings of an account",
    body: ConfigureInput.omit({ integrationId: true }),
    answer: Integration,
    handle: (ctx, call) => configureIntegration(ctx, withParams(call)),
  }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { DeletedIntegration, Integration } from "@/lib/http/native-schemas/accounts";
import { deleteIntegration } from "@/lib/services/integrations/delete";
import { getIntegration } from "@/lib/services/integrations/get";
import { RenameInput, renameIntegration } from "@/lib/services/integrations/rename";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve an account with a provider",
    answer: Integration,
    handle: (ctx, { params }) => getIntegration(ctx, params),
  }),
  PATCH: operation({
    summary: "Rename an account, or give it another identifier",
    body: RenameInput.omit({ integrationId: true }),
    answer: Integration,
    handle: (ctx, call) => renameIntegration(ctx, withParams(call)),
  }),
  DELETE: operation({
    summary: "Delete an account that nothing stands on",
    answer: DeletedIntegration,
    handle: (ctx, { params }) => deleteIntegration(ctx, params),
  }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { deleteIntegration } from "@/lib/services/integrations/delete";
import { getIntegration } from "@/lib/services/integrations/get";
import { renameIntegration } from "@/lib/services/integrations/rename";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getIntegration(ctx, params) }),
  PATCH: operation({ handle: (ctx, call) => renameIntegration(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteIntegration(ctx, params) }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { ListAuditInput, listAudit } from "@/lib/services/audit/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ query: ListAuditInput, handle: (ctx, { query }) => listAudit(ctx, query) }),
});

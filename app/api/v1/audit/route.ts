import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { AuditEvent } from "@/lib/http/native-schemas/people";
import { ListAuditInput, listAudit } from "@/lib/services/audit/list";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List what was done, the newest first",
    answer: page(AuditEvent),
    query: ListAuditInput,
    handle: (ctx, { query }) => listAudit(ctx, query),
  }),
});

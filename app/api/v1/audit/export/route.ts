import { defineRoute, operation } from "@/lib/http/define-route";
import { streamText } from "@/lib/http/stream-text";
import { ExportAuditInput, exportAudit } from "@/lib/services/audit/export";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Export the audit log as a file",
    answer: { media: ["text/csv", "application/jsonl"] },
    query: ExportAuditInput,
    handle: (ctx, { query, request }) => {
      const { contentType, fileName, chunks } = exportAudit(ctx, query);
      const headers = { "content-type": contentType, "content-disposition": `attachment; filename="${fileName}"` };
      // R59: whoever only asks for the headers has exported nothing
      return request.method === "HEAD" ? Promise.resolve(new Response(null, { headers })) : streamText(chunks, headers);
    },
  }),
});

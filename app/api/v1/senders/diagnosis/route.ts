import { defineRoute, operation } from "@/lib/http/define-route";
import { DiagnosisLine } from "@/lib/http/native-schemas/senders";
import { streamEvents } from "@/lib/http/stream-events";
import { DiagnoseInput, diagnoseSender } from "@/lib/services/senders/diagnose";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Test settings that are not saved; each step is a line",
    body: DiagnoseInput,
    answer: { media: ["application/x-ndjson"], line: DiagnosisLine },
    handle: (ctx, { body, request }) => streamEvents(request, (signal) => diagnoseSender(ctx, body, signal)),
  }),
});

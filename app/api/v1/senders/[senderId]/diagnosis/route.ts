import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { DiagnosisLine } from "@/lib/http/native-schemas/senders";
import { streamEvents } from "@/lib/http/stream-events";
import { DiagnoseInput, diagnoseSender } from "@/lib/services/senders/diagnose";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Test a sender, with edits or as it stands; each step is a line",
    body: DiagnoseInput.omit({ senderId: true }),
    answer: { media: ["application/x-ndjson"], line: DiagnosisLine },
    handle: (ctx, call) => streamEvents(call.request, (signal) => diagnoseSender(ctx, withParams(call), signal)),
  }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { HistoryOfSender } from "@/lib/http/native-schemas/senders";
import { getSenderHistory } from "@/lib/services/senders/history";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve what was done to a sender, and its last messages",
    answer: HistoryOfSender,
    handle: (ctx, { params }) => getSenderHistory(ctx, params),
  }),
});

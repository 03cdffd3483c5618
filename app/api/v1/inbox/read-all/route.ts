import { defineRoute, operation } from "@/lib/http/define-route";
import { Count } from "@/lib/http/native-schemas/common";
import { MarkAllReadInput, markAllRead } from "@/lib/services/inbox/mark-all-read";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Mark the inbox as read",
    body: MarkAllReadInput,
    answer: Count,
    handle: (ctx, { body }) => markAllRead(ctx, body),
  }),
});

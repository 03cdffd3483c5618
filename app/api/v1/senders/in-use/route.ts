import { defineRoute, operation } from "@/lib/http/define-route";
import { getSendersInUse } from "@/lib/services/senders/in-use";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx) => getSendersInUse(ctx) }),
});

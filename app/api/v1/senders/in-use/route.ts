import { defineRoute, operation } from "@/lib/http/define-route";
import { InUse } from "@/lib/http/native-schemas/senders";
import { getSendersInUse } from "@/lib/services/senders/in-use";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve what mail and texts go out through now", answer: InUse, handle: (ctx) => getSendersInUse(ctx) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { setPushSubject } from "@/lib/services/senders/set-push-subject";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  PUT: operation({ handle: (ctx, call) => setPushSubject(ctx, withParams(call)) }),
});

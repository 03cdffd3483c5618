import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { deleteSender } from "@/lib/services/senders/delete";
import { getSender } from "@/lib/services/senders/get";
import { updateSender } from "@/lib/services/senders/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getSender(ctx, params) }),
  PATCH: operation({ handle: (ctx, call) => updateSender(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteSender(ctx, params) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { deleteSubscriber } from "@/lib/services/subscribers/delete";
import { getSubscriber } from "@/lib/services/subscribers/get";
import { updateSubscriber } from "@/lib/services/subscribers/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getSubscriber(ctx, params) }),
  PATCH: operation({ handle: (ctx, call) => updateSubscriber(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteSubscriber(ctx, params) }),
});

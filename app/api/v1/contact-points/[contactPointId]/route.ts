import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { updateContactPoint } from "@/lib/services/contact-points/update";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getContactPoint(ctx, params) }),
  PATCH: operation({ handle: (ctx, call) => updateContactPoint(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => deleteContactPoint(ctx, params) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { abandonChange } from "@/lib/services/contact-points/abandon-change";
import { changeAddress } from "@/lib/services/contact-points/change-address";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  PUT: operation({ status: 202, handle: (ctx, call) => changeAddress(ctx, withParams(call)) }),
  DELETE: operation({ handle: (ctx, { params }) => abandonChange(ctx, params) }),
});

import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { restoreContactPoint } from "@/lib/services/contact-points/restore";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, call) => restoreContactPoint(ctx, withParams(call)) }),
});

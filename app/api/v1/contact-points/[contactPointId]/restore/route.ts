import { defineRoute, operation } from "@/lib/http/define-route";
import { restoreContactPoint } from "@/lib/services/contact-points/restore";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, { params }) => restoreContactPoint(ctx, params) }),
});

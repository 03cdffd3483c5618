import { defineRoute, operation } from "@/lib/http/define-route";
import { confirmFromInbox } from "@/lib/services/inbox/confirm";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({ handle: (ctx, { params }) => confirmFromInbox(ctx, params) }),
});

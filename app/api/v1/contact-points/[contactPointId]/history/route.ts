import { defineRoute, operation } from "@/lib/http/define-route";
import { getContactPointHistory } from "@/lib/services/contact-points/history";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ handle: (ctx, { params }) => getContactPointHistory(ctx, params) }),
});

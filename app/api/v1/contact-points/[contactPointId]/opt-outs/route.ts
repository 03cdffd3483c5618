import { defineRoute, operation } from "@/lib/http/define-route";
import { OptOuts } from "@/lib/http/native-schemas/contact-points";
import { listOptOuts } from "@/lib/services/numbers/list-opt-outs";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List the senders that a number's owner texted to stop",
    answer: OptOuts,
    handle: async (ctx, { params }) => ({ items: await listOptOuts(ctx, params) }),
  }),
});

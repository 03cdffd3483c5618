import { defineRoute, operation } from "@/lib/http/define-route";
import { History } from "@/lib/http/native-schemas/contact-points";
import { getContactPointHistory } from "@/lib/services/contact-points/history";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "Retrieve what was done to a contact point, and its last messages",
    answer: History,
    handle: (ctx, { params }) => getContactPointHistory(ctx, params),
  }),
});

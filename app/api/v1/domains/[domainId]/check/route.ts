import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Domain } from "@/lib/http/native-schemas/accounts";
import { Nothing } from "@/lib/http/native-schemas/bodies";
import { checkDomain } from "@/lib/services/domains/check";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  POST: operation({
    summary: "Look at a domain's DNS records now",
    body: Nothing,
    answer: Domain,
    handle: (ctx, call) => checkDomain(ctx, withParams(call)),
  }),
});

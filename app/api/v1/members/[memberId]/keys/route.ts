import { defineRoute, operation } from "@/lib/http/define-route";
import { KeptKeys } from "@/lib/http/native-schemas/people";
import { listKeptKeys } from "@/lib/services/members/list-kept-keys";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List the keys that a member made for the institution, and may have kept",
    answer: KeptKeys,
    handle: (ctx, { params }) => listKeptKeys(ctx, params),
  }),
});

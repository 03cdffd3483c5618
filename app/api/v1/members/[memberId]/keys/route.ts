import { defineRoute, operation } from "@/lib/http/define-route";
import { KeptKeys } from "@/lib/http/native-schemas/people";
import { listKeptKeys } from "@/lib/services/members/list-kept-keys";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List the institution's keys that a member may have kept, made by them or with such a key",
    answer: KeptKeys,
    handle: (ctx, { params }) => listKeptKeys(ctx, params),
  }),
});

import { defineRoute, operation } from "@/lib/http/define-route";
import { page } from "@/lib/http/native-schemas/common";
import { Member } from "@/lib/http/native-schemas/people";
import { ListMembers, listMembers } from "@/lib/services/members/list-members";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List the members of the institution",
    query: ListMembers,
    answer: page(Member),
    handle: (ctx, { query }) => listMembers(ctx, query),
  }),
});

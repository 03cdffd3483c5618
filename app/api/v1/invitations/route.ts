import { defineRoute, operation } from "@/lib/http/define-route";
import { Made, page } from "@/lib/http/native-schemas/common";
import { Invitation } from "@/lib/http/native-schemas/people";
import { InviteMember, inviteMember } from "@/lib/services/members/invite-member";
import { ListInvitations, listInvitations } from "@/lib/services/members/list-invitations";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List the invitations that nobody has accepted yet, the newest first",
    answer: page(Invitation),
    query: ListInvitations,
    handle: (ctx, { query }) => listInvitations(ctx, query),
  }),
  POST: operation({
    summary: "Invite somebody by mail",
    status: 201,
    body: InviteMember,
    answer: Made,
    handle: (ctx, { body }) => inviteMember(ctx, body),
  }),
});

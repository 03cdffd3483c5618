import { defineRoute, operation } from "@/lib/http/define-route";
import { Made } from "@/lib/http/native-schemas/common";
import { Invitations } from "@/lib/http/native-schemas/people";
import { InviteMember, inviteMember } from "@/lib/services/members/invite-member";
import { listInvitations } from "@/lib/services/members/list-invitations";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({
    summary: "List the invitations that nobody has accepted yet, the newest 200",
    answer: Invitations,
    handle: async (ctx) => ({ items: await listInvitations(ctx) }),
  }),
  POST: operation({
    summary: "Invite somebody by mail",
    status: 201,
    body: InviteMember,
    answer: Made,
    handle: (ctx, { body }) => inviteMember(ctx, body),
  }),
});

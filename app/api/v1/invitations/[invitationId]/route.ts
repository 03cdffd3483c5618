import { defineRoute, operation } from "@/lib/http/define-route";
import { revokeInvitation } from "@/lib/services/members/revoke-invitation";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  DELETE: operation({ summary: "Take back an invitation", answer: null, handle: (ctx, { params }) => revokeInvitation(ctx, params) }),
});

import { z } from "zod";
import { defineRoute, operation, withParams } from "@/lib/http/define-route";
import { Member, RemovedMember } from "@/lib/http/native-schemas/people";
import { ChangeRole, changeRole } from "@/lib/services/members/change-role";
import { getMember } from "@/lib/services/members/get-member";
import { removeMember } from "@/lib/services/members/remove-member";

const RemovalQuery = z.strictObject({
  revokeKeys: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .default(false)
    .meta({ description: "Also the institution's secret keys and signing keys that they may have kept." }),
});

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = defineRoute({
  GET: operation({ summary: "Retrieve a member", answer: Member, handle: (ctx, { params }) => getMember(ctx, params) }),
  PATCH: operation({
    summary: "Change a member's role",
    body: ChangeRole.omit({ memberId: true }),
    answer: Member,
    handle: async (ctx, call) => {
      await changeRole(ctx, withParams(call));
      return getMember(ctx, call.params);
    },
  }),
  DELETE: operation({
    summary: "Remove a member",
    query: RemovalQuery,
    answer: RemovedMember,
    handle: (ctx, { params, query }) => removeMember(ctx, { ...query, ...params }),
  }),
});

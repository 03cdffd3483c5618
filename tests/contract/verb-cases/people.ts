import { encodeCursor } from "@/lib/core/page";
import type { Cases, Helper, VerbCase } from "./case";

const _key = (more: object = {}): VerbCase => ({
  needs: "key:own",
  given: ({ apiKeyId }) => ({ keyId: apiKeyId, ...more }),
  foreign: "not_found",
  plain: "not_found",
});
const open: VerbCase = { needs: "nothing" };
const helper: Helper = { helper: true };

export const PEOPLE: Cases = {
  "lib/services/account/change-password.ts#changePassword": {
    needs: "signed-in",
    given: () => ({ currentPassword: "some words that are wrong", newPassword: "other words that are long" }),
  },
  "lib/services/account/delete-account.ts#deleteAccount": { needs: "signed-in", given: () => ({ password: "some words that are wrong" }) },
  "lib/services/account/get-account.ts#getAccount": { needs: "signed-in" },
  "lib/services/account/get-password-reset.ts#getPasswordReset": open,
  "lib/services/account/request-password-reset.ts#requestPasswordReset": open,
  "lib/services/account/reset-password.ts#resetPassword": open,
  "lib/services/account/update-profile.ts#updateProfile": { needs: "signed-in", given: () => ({ theme: "dark" }) },
  "lib/services/audit/expected-failure.ts#auditExpectedFailure": helper,
  "lib/services/audit/export.ts#exportAudit": {
    needs: "audit:read",
    given: ({ contactPointId, userId }) => ({ format: "jsonl", object: contactPointId, actor: userId }),
    foreign: "empty",
    plain: "forbidden",
  },
  "lib/services/audit/list.ts#listAudit": [
    { needs: "audit:read", given: ({ contactPointId }) => ({ object: contactPointId }), foreign: "empty", plain: "forbidden" },
    { needs: "audit:read", given: ({ userId }) => ({ actor: userId }), foreign: "empty", plain: "forbidden" },
    { needs: "audit:read", given: ({ apiKeyId }) => ({ key: apiKeyId }), foreign: "empty", plain: "forbidden" },
    {
      needs: "audit:read",
      given: ({ at, messageId }) => ({ after: encodeCursor([at, messageId]), action: "contact_point.tested" }),
      foreign: "empty",
      plain: "forbidden",
    },
  ],
  "lib/services/audit/people.ts#listAuditPeople": {
    needs: "audit:read",
    given: ({ userId }) => ({ chosen: userId }),
    foreign: "empty",
    plain: "forbidden",
  },
  "lib/services/catcher/get.ts#getCaughtMail": { needs: "catcher:read", given: ({ caughtId }) => ({ caughtId }) },
  "lib/services/catcher/list.ts#listCaught": { needs: "catcher:read", given: () => ({ kind: "mail" }) },
  "lib/services/inbox/confirm.ts#confirmFromInbox": {
    needs: "inbox:own",
    given: ({ confirmItemId }) => ({ itemId: confirmItemId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "lib/services/inbox/list.ts#listInbox": {
    needs: "inbox:own",
    given: ({ at, itemId }) => ({ after: encodeCursor([true, at, itemId]) }),
    foreign: "empty",
    plain: "fine",
  },
  "lib/services/inbox/mark-all-read.ts#markAllRead": { needs: "inbox:own", given: () => ({}) },
  "lib/services/inbox/mark-read.ts#markRead": {
    needs: "inbox:own",
    given: ({ itemId }) => ({ itemId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "lib/services/inbox/unread-count.ts#unreadCount": { needs: "inbox:own" },
  "lib/services/institution/create-institution.ts#createInstitution": { needs: "institution:create" },
  "lib/services/institution/get-institution.ts#getInstitution": { needs: "institution:read" },
  "lib/services/institution/list-my-institutions.ts#listMyInstitutions": { needs: "signed-in" },
  "lib/services/institution/update-institution.ts#updateInstitution": { needs: "institution:write" },
  "lib/services/members/accept-invitation.ts#acceptInvitation": open,
  "lib/services/members/change-role.ts#changeRole": {
    needs: "member:write",
    given: ({ memberId }) => ({ memberId, role: "member" }),
    foreign: "not_found",
    plain: "forbidden",
  },
  "lib/services/members/get-invitation.ts#getInvitation": open,
  "lib/services/members/get-member.ts#getMember": {
    needs: "member:read",
    given: ({ memberId }) => ({ memberId }),
    foreign: "not_found",
    plain: "fine",
  },
  "lib/services/members/invite-member.ts#inviteMember": { needs: "member:invite" },
  "lib/services/members/list-invitations.ts#listInvitations": {
    needs: "member:invite",
    given: ({ at, invitationId }) => ({ after: encodeCursor([at, invitationId]) }),
    foreign: "empty",
    plain: "forbidden",
  },
  "lib/services/members/list-kept-keys.ts#listKeptKeys": {
    needs: "key:read",
    given: ({ memberId }) => ({ memberId }),
    foreign: "not_found",
    plain: "forbidden",
  },
  "lib/services/members/list-members.ts#listMembers": {
    needs: "member:read",
    given: ({ memberId }) => ({ after: encodeCursor(["2020-01-01T00:00:00.000Z", memberId]) }),
    foreign: "empty",
    plain: "fine",
  },
  "lib/services/members/remove-member.ts#removeMember": [false, true].map((revokeKeys) => ({
    needs: "member",
    given: ({ memberId }) => ({ memberId, revokeKeys }),
    foreign: "not_found",
    plain: "forbidden",
  })),
  "lib/services/members/revoke-invitation.ts#revokeInvitation": {
    needs: "member:invite",
    given: ({ invitationId }) => ({ invitationId }),
    foreign: "not_found",
    plain: "forbidden",
  },
  "lib/services/people/as-person.ts#asPerson": helper,
  "lib/services/people/confirm-password.ts#confirmPassword": helper,
  "lib/services/session/list-sessions.ts#listSessions": { needs: "signed-in" },
  "lib/services/session/revoke-all-sessions.ts#revokeAllSessions": { needs: "signed-in" },
  "lib/services/session/revoke-session.ts#revokeSession": {
    needs: "signed-in",
    given: ({ sessionId }) => ({ sessionId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "lib/services/session/sign-in.ts#signIn": open,
  "lib/services/session/sign-out.ts#signOut": { needs: "signed-in" },
  "lib/services/session/switch-institution.ts#switchInstitution": {
    needs: "signed-in",
    given: ({ institutionId }) => ({ institutionId }),
    foreign: "not_found",
    plain: "fine",
  },
  "lib/services/setup/create-first-institution.ts#createFirstInstitution": open,
  "lib/services/setup/get-setup.ts#getSetup": open,
};

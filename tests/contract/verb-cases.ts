import type { Context } from "@/lib/auth/actor";
import type { Permission } from "@/lib/auth/permissions";
import type { ErrorCode } from "@/lib/core/errors";
import { encodeCursor } from "@/lib/core/page";
import { browserSubscription } from "@/tests/support/push";
import type { Ids } from "@/tests/support/two-institutions";

/** One call of a verb, as somebody who knows these ids could make it. */
export interface VerbCase {
  /** `member`: anybody in an institution · `signed-in`: anybody with an account · `subscriber`: a user of an institution's application · `nothing`: open, or the token is the permission. */
  needs: Permission | "member" | "signed-in" | "subscriber" | "nothing";
  given?: (ids: Ids) => unknown;
  /** The same answer to another institution's ids and to unknown ones. Without it the call names nothing of anybody's. */
  foreign?: ErrorCode | "empty";
  /** To a plain member of the same institution who names what is the owner's. */
  plain?: ErrorCode | "fine";
}

/** Takes a context first and is no verb: what it does was permitted by the verb that calls it. */
export interface Helper {
  helper: true;
}

type Cases = Record<string, VerbCase | VerbCase[] | Helper>;

const own = (given: (ids: Ids) => unknown): VerbCase => ({ needs: "contact_point:own", given, foreign: "not_found", plain: "not_found" });
const point = (more: object = {}) => own(({ contactPointId }) => ({ contactPointId, ...more }));
const domain: VerbCase = { needs: "domain:write", given: ({ domainId }) => ({ domainId }), foreign: "not_found", plain: "forbidden" };
const number = (more: Partial<VerbCase> = {}): VerbCase => ({
  needs: "number:write",
  given: ({ phoneNumberId }) => ({ numberId: phoneNumberId }),
  foreign: "not_found",
  plain: "forbidden",
  ...more,
});
const sender = (more: object = {}): VerbCase => ({
  needs: "sender:write",
  given: ({ senderId }) => ({ senderId, ...more }),
  foreign: "not_found",
  plain: "forbidden",
});
const textSender = (more: object = {}): VerbCase => ({ ...sender(), given: ({ textSenderId }) => ({ senderId: textSenderId, ...more }) });
const integration = (name: "integrationId" | "spareIntegrationId", more: object = {}): VerbCase => ({
  ...sender(),
  given: (ids) => ({ integrationId: ids[name], ...more }),
});
const key = (more: object = {}): VerbCase => ({
  needs: "key:own",
  given: ({ apiKeyId }) => ({ keyId: apiKeyId, ...more }),
  foreign: "not_found",
  plain: "not_found",
});
const accessToken = (more: object = {}): VerbCase => ({
  ...key(),
  given: ({ accessTokenId }) => ({ accessTokenId, ...more }),
});
const signingKey: VerbCase = {
  needs: "key:write",
  given: ({ signingKeyId }) => ({ signingKeyId }),
  foreign: "not_found",
  plain: "forbidden",
};
const subscription: VerbCase = {
  needs: "subscription:write",
  given: ({ subscriptionId }) => ({ subscriptionId }),
  foreign: "not_found",
  plain: "forbidden",
};
const ownChannel = (more: object = {}): VerbCase => ({
  needs: "subscriber",
  given: ({ pushSenderId }) => ({ senderId: pushSenderId, ...more }),
  foreign: "not_found",
  plain: "forbidden",
});
const connection = (more: object = {}): VerbCase => ({
  needs: "connection:write",
  given: ({ connectionId }) => ({ connectionId, ...more }),
  foreign: "not_found",
  plain: "forbidden",
});
const endpoint = (more: object = {}): VerbCase => ({ ...connection(), given: ({ endpointId }) => ({ endpointId, ...more }) });
/** Of a list, by each of the ids that it can be looked for by, and by its cursor. */
const listed = (needs: Permission, ...given: Array<(ids: Ids) => unknown>): VerbCase[] =>
  given.map((each) => ({ needs, given: each, foreign: "empty", plain: "forbidden" }));
const SPARE = { host: "smtp.other.example", port: 587, security: "starttls", auth: "none" };
const workspaceAndAuth = { workspace: { id: "T1" }, auth: { accessToken: "token" } };
const open: VerbCase = { needs: "nothing" };
const helper: Helper = { helper: true };

export const VERB_CASES: Cases = {
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

  "lib/services/connections/browse.ts#browseConnections": listed(
    "connection:read",
    ({ integrationId }) => ({ integrationId }),
    ({ subscriberId }) => ({ subscriberId }),
    ({ connectionId }) => ({ after: connectionId }),
    ({ connectionId }) => ({ before: connectionId, includeCursor: true }),
  ),
  // the provider is asked by it; tests/contract/dialects/novu.test.ts names another institution's connection to it
  "lib/services/connections/check.ts#checkConnection": { needs: "connection:write" },
  "lib/services/connections/create.ts#createConnection": {
    ...connection(),
    given: ({ spareIntegrationId, subscriberId }) => ({ integrationId: spareIntegrationId, subscriberId, ...workspaceAndAuth }),
  },
  "lib/services/connections/delete.ts#deleteConnection": connection(),
  "lib/services/connections/get.ts#getConnection": { ...connection(), needs: "connection:read" },
  "lib/services/connections/list.ts#listConnections": listed(
    "connection:read",
    ({ integrationId }) => ({ integrationId }),
    ({ subscriberId }) => ({ subscriberId }),
    ({ at, connectionId }) => ({ after: encodeCursor([at, connectionId]) }),
  ),
  "lib/services/connections/update.ts#updateConnection": connection(workspaceAndAuth),

  "lib/services/contact-points/abandon-change.ts#abandonChange": own(({ changingId }) => ({ contactPointId: changingId })),
  "lib/services/contact-points/change-address.ts#changeAddress": point({ config: { email: "elsewhere@example.org" } }),
  "lib/services/contact-points/create.ts#createContactPoint": {
    needs: "contact_point:own",
    given: ({ subscriberId }) => ({ type: "email", label: "New", config: { email: "elsewhere@example.org" }, subscriberId, verify: true }),
    foreign: "not_found",
    plain: "forbidden",
  },
  "lib/services/contact-points/delete.ts#deleteContactPoint": point(),
  "lib/services/contact-points/get.ts#getContactPoint": point(),
  "lib/services/contact-points/get.ts#getContactPointForm": point(),
  "lib/services/contact-points/history.ts#getContactPointHistory": point(),
  "lib/services/contact-points/internal.ts#subscriberFor": helper,
  "lib/services/contact-points/list.ts#listContactPoints": [
    { needs: "contact_point:own", given: ({ subscriberId }) => ({ subscriberId }), foreign: "empty", plain: "forbidden" },
    {
      needs: "contact_point:own",
      given: ({ at, contactPointId }) => ({ after: encodeCursor([true, at, contactPointId]) }),
      foreign: "empty",
      plain: "fine",
    },
  ],
  "lib/services/contact-points/pause.ts#pauseContactPoint": point({ until: "hour" }),
  "lib/services/contact-points/restore.ts#restoreContactPoint": own(({ deletedId }) => ({ contactPointId: deletedId })),
  "lib/services/contact-points/send-test.ts#sendTest": own(({ changingId }) => ({ contactPointId: changingId })),
  "lib/services/contact-points/update.ts#updateContactPoint": point({ label: "Renamed", enabled: false }),

  "lib/services/domains/check.ts#checkDomain": domain,
  "lib/services/domains/create.ts#createDomain": { needs: "domain:write" },
  "lib/services/domains/delete.ts#deleteDomain": domain,
  "lib/services/domains/get.ts#getDomain": { ...domain, needs: "domain:read" },
  "lib/services/domains/list.ts#listDomains": {
    needs: "domain:read",
    given: ({ at, domainId }) => ({ after: encodeCursor([at, domainId]) }),
    foreign: "empty",
    plain: "forbidden",
  },

  "lib/services/endpoints/browse.ts#browseEndpoints": listed(
    "connection:read",
    ({ integrationId }) => ({ integrationId }),
    ({ endpointId }) => ({ after: endpointId, includeCursor: true }),
  ),
  "lib/services/endpoints/create.ts#createEndpoint": {
    ...endpoint(),
    given: ({ spareIntegrationId, subscriberId }) => ({
      integrationId: spareIntegrationId,
      subscriberId,
      type: "slack_user",
      endpoint: { userId: "U1" },
    }),
  },
  "lib/services/endpoints/delete.ts#deleteEndpoint": endpoint(),
  "lib/services/endpoints/get.ts#getEndpoint": { ...endpoint(), needs: "connection:read" },
  "lib/services/endpoints/list.ts#listEndpoints": listed(
    "connection:read",
    ({ connectionId }) => ({ connectionId }),
    ({ integrationId }) => ({ integrationId }),
    ({ subscriberId }) => ({ subscriberId }),
    ({ at, endpointId }) => ({ after: encodeCursor([at, endpointId]) }),
  ),
  "lib/services/endpoints/update.ts#updateEndpoint": endpoint({ endpoint: { channelId: "C2" } }),

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

  "lib/services/integrations/configure.ts#configureIntegration": integration("spareIntegrationId", { config: SPARE }),
  "lib/services/integrations/create.ts#createIntegration": { needs: "sender:write" },
  "lib/services/integrations/get-form.ts#getIntegrationForm": { ...integration("integrationId"), needs: "sender:read" },
  "lib/services/integrations/delete.ts#deleteIntegration": integration("spareIntegrationId"),
  "lib/services/integrations/get.ts#getIntegration": { ...integration("integrationId"), needs: "sender:read" },
  "lib/services/integrations/list.ts#listIntegrations": {
    needs: "sender:read",
    given: ({ at, integrationId }) => ({ after: encodeCursor([at, integrationId]) }),
    foreign: "empty",
    plain: "forbidden",
  },
  "lib/services/integrations/rename.ts#renameIntegration": integration("integrationId", { name: "Renamed" }),

  "lib/services/keys/create.ts#createKey": { needs: "key:own", given: () => ({ name: "Program", scopes: ["contact_points:read"] }) },
  "lib/services/keys/get.ts#getKey": key(),
  "lib/services/keys/get-form.ts#getKeyForm": { needs: "key:own" },
  "lib/services/keys/internal.ts#withinReach": helper,
  "lib/services/keys/list.ts#listKeys": {
    ...key(),
    given: ({ at, apiKeyId }) => ({ after: encodeCursor([at, apiKeyId]) }),
    foreign: "empty",
    plain: "fine",
  },
  "lib/services/keys/revoke.ts#revokeKey": key(),
  "lib/services/api-requests/list.ts#listKeyRequests": key({ status: "2xx" }),
  "lib/services/signing-keys/create.ts#createSigningKey": { needs: "key:write", given: () => ({ name: "Application" }) },
  "lib/services/signing-keys/get.ts#getSigningKey": { ...signingKey, needs: "key:read" },
  "lib/services/signing-keys/list.ts#listSigningKeys": {
    needs: "key:read",
    given: ({ at, signingKeyId }) => ({ after: encodeCursor([at, signingKeyId]) }),
    foreign: "empty",
    plain: "forbidden",
  },
  "lib/services/signing-keys/revoke.ts#revokeSigningKey": signingKey,
  "lib/services/access-tokens/create.ts#createAccessToken": { needs: "key:own", given: () => ({ name: "Token" }) },
  "lib/services/access-tokens/list.ts#listAccessTokens": {
    needs: "key:own",
    given: ({ at, accessTokenId }) => ({ after: encodeCursor([at, accessTokenId]) }),
    foreign: "empty",
    plain: "fine",
  },
  "lib/services/access-tokens/get.ts#getAccessToken": accessToken(),
  "lib/services/access-tokens/revoke.ts#revokeAccessToken": accessToken(),
  "lib/services/api-requests/list-of-token.ts#listTokenRequests": accessToken({ status: "4xx" }),

  "lib/services/limits/require-human.ts#requireHuman": helper,

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

  "lib/services/messages/get.ts#getMessage": own(({ messageId }) => ({ messageId })),
  // the provider is asked by these two; tests/integration/numbers.test.ts names other institutions' accounts to them
  "lib/services/numbers/buy.ts#buyNumber": { needs: "number:write" },
  "lib/services/numbers/search.ts#searchNumbers": { needs: "number:write" },
  "lib/services/numbers/add-sender.ts#addNumberSender": number(),
  "lib/services/numbers/check-purchase.ts#checkPurchase": number(),
  "lib/services/numbers/delete.ts#deleteNumber": number(),
  "lib/services/numbers/get.ts#getNumber": number({ needs: "number:read" }),
  "lib/services/numbers/list.ts#listNumbers": number({
    needs: "number:read",
    given: ({ at, phoneNumberId }) => ({ after: encodeCursor([at, phoneNumberId]) }),
    foreign: "empty",
  }),
  "lib/services/numbers/list-opt-outs.ts#listOptOuts": point(),
  "lib/services/numbers/purchase.ts#purchase": helper,
  "lib/services/numbers/receive-text.ts#receiveText": open,
  "lib/services/numbers/register.ts#registerNumber": number({
    given: ({ textIntegrationId }) => ({ integrationId: textIntegrationId, number: "+815012345678" }),
  }),
  "lib/services/people/as-person.ts#asPerson": helper,
  "lib/services/people/confirm-password.ts#confirmPassword": helper,

  "lib/services/senders/activate.ts#activateSender": textSender(),
  "lib/services/senders/check.ts#climb": helper,
  "lib/services/senders/create-bound.ts#createBoundSender": {
    ...sender(),
    given: ({ integrationId, emailDomainId, addressInDomain }) => ({
      type: "email",
      name: "Bound",
      integrationId,
      emailDomainId,
      fromAddress: addressInDomain,
    }),
  },
  "lib/services/senders/create.ts#createSender": integration("integrationId", { name: "New", fromAddress: "new@example.org" }),
  "lib/services/senders/create-push.ts#createChatSender": {
    ...sender(),
    given: ({ chatIntegrationId }) => ({ integrationId: chatIntegrationId, name: "New" }),
  },
  "lib/services/senders/create-push.ts#createPushSender": { needs: "sender:write" },
  "lib/services/senders/delete.ts#deleteSender": sender(),
  "lib/services/senders/diagnose.ts#diagnoseSender": [sender(), integration("integrationId", { fromAddress: "new@example.org" })],
  "lib/services/senders/duplicate.ts#duplicateSender": sender({ name: "Copy" }),
  "lib/services/senders/get.ts#getSender": { ...sender(), needs: "sender:read" },
  "lib/services/senders/get-bound.ts#getBoundSender": { ...sender(), needs: "sender:read" },
  "lib/services/senders/history.ts#getSenderHistory": { ...sender(), needs: "sender:read" },
  "lib/services/senders/in-use.ts#getSendersInUse": { needs: "sender:read" },
  "lib/services/senders/list-bound.ts#listBoundSenders": { needs: "sender:read" },
  "lib/services/senders/list.ts#listSenders": [
    { needs: "sender:read", given: ({ integrationId }) => ({ integrationId }), foreign: "empty", plain: "forbidden" },
    { needs: "sender:read", given: ({ at, senderId }) => ({ after: encodeCursor([at, senderId]) }), foreign: "empty", plain: "forbidden" },
  ],
  "lib/services/senders/search.ts#searchSenders": {
    needs: "sender:read",
    given: ({ senderId }) => ({ senderId }),
    foreign: "empty",
    plain: "forbidden",
  },
  "lib/services/senders/set-default.ts#setDefaultSender": sender(),
  "lib/services/senders/set-enabled.ts#setSenderEnabled": textSender({ enabled: false }),
  "lib/services/senders/set-push-subject.ts#setPushSubject": {
    ...sender(),
    given: ({ pushSenderId }) => ({ senderId: pushSenderId, subject: "https://example.org" }),
  },
  "lib/services/senders/start-verification.ts#startSenderVerification": sender(),
  "lib/services/senders/submit-code.ts#completeSenderVerification": helper,
  "lib/services/senders/submit-code.ts#submitSenderCode": {
    ...sender(),
    given: ({ senderId, senderCode }) => ({ senderId, code: senderCode }),
  },
  "lib/services/senders/update-bound.ts#updateBoundSender": [
    sender({ name: "Renamed", isDefault: true }),
    {
      ...sender(),
      given: ({ senderId, emailDomainId, addressInDomain }) => ({ senderId, emailDomainId, fromAddress: addressInDomain }),
    },
  ],
  "lib/services/senders/update.ts#updateSender": sender({ name: "Renamed", config: { readTimeoutMs: 5000 } }),
  "lib/services/senders/verification-status.ts#getSenderVerification": sender(),
  "lib/services/senders/vouch.ts#vouchForWaiting": helper,
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

  "lib/services/sms-spending/get-spending.ts#getSpending": { needs: "spending:read" },
  "lib/services/sms-spending/update-spending.ts#updateSpending": { needs: "spending:write", given: () => ({ allow: "VN" }) },

  "lib/services/subscriptions/delete.ts#deleteOwnSubscription": {
    ...ownChannel(),
    given: ({ pushSenderId, pushEndpoint }) => ({ senderId: pushSenderId, identifier: pushEndpoint }),
  },
  "lib/services/subscriptions/delete.ts#deleteSubscription": subscription,
  "lib/services/subscriptions/get.ts#getSubscription": { ...subscription, needs: "subscription:read" },
  "lib/services/subscriptions/list.ts#listSubscriptions": [
    {
      needs: "subscription:read",
      given: ({ pushSenderId }) => ({ senderId: pushSenderId }),
      foreign: "empty",
      plain: "forbidden",
    },
    {
      needs: "subscription:read",
      given: ({ at, subscriptionId }) => ({ after: encodeCursor([at, subscriptionId]) }),
      foreign: "empty",
      plain: "forbidden",
    },
  ],
  "lib/services/subscriptions/list-own.ts#listOwnSubscriptions": ownChannel(),
  "lib/services/subscriptions/settings.ts#deleteOwnSettings": ownChannel(),
  "lib/services/subscriptions/settings.ts#getOwnSettings": ownChannel(),
  "lib/services/subscriptions/settings.ts#putOwnSettings": ownChannel({ settings: { device_tokens: [] } }),
  "lib/services/subscriptions/upsert.ts#upsertSubscription": ownChannel(browserSubscription()),
  "lib/services/subscribers/create.ts#createSubscriber": { needs: "subscriber:write" },
  "lib/services/subscribers/delete.ts#deleteSubscriber": {
    needs: "subscriber:write",
    given: ({ subscriberId }) => ({ subscriberId }),
    foreign: "not_found",
    plain: "forbidden",
  },
  "lib/services/subscribers/get.ts#getSubscriber": {
    needs: "subscriber:read",
    given: ({ subscriberId }) => ({ subscriberId }),
    foreign: "not_found",
    plain: "forbidden",
  },
  "lib/services/subscribers/list.ts#listSubscribers": {
    needs: "subscriber:read",
    given: ({ at, subscriberId }) => ({ after: encodeCursor([at, subscriberId]) }),
    foreign: "empty",
    plain: "forbidden",
  },
  "lib/services/subscribers/update.ts#updateSubscriber": {
    needs: "subscriber:write",
    given: ({ subscriberId }) => ({ subscriberId, name: "Renamed" }),
    foreign: "not_found",
    plain: "forbidden",
  },

  "lib/services/verifications/attempt.ts#refuseAttempt": helper,
  "lib/services/verifications/complete.ts#completeVerification": helper,
  "lib/services/verifications/confirm-in-app.ts#confirmInApp": own(({ inAppId }) => ({ contactPointId: inAppId })),
  "lib/services/verifications/confirm-link.ts#confirmLink": open,
  "lib/services/verifications/count-send.ts#countSend": helper,
  "lib/services/verifications/repudiate-link.ts#repudiateLink": open,
  "lib/services/verifications/start.ts#startVerification": own(({ unprovenId }) => ({ contactPointId: unprovenId })),
  "lib/services/verifications/status.ts#getVerificationStatus": own(({ changingId }) => ({ contactPointId: changingId })),
  "lib/services/verifications/submit-code.ts#submitCode": own(({ changingId, code }) => ({ contactPointId: changingId, code })),
  "lib/services/verifications/submit-public.ts#submitPublicCode": open,
};

/** What the ways in take from the services beside verbs: reads that show nothing of anybody's, or only to a token. */
export const NO_VERBS = new Set([
  "lib/services/verifications/link.ts#readLink",
  "lib/services/health/check-readiness.ts#checkReadiness",
  "lib/services/catcher/list.ts#isCaughtId",
]);

export type Verb = (ctx: Context, given: unknown) => unknown;

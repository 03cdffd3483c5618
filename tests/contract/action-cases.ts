import type { Permission } from "@/lib/auth/permissions";
import type { Ids } from "@/tests/support/two-institutions";

/** One form, as somebody who knows these ids could post it. */
export interface ActionCase {
  /** `open`: for whoever is not signed in too, or the token is the permission. */
  needs: Permission | "member" | "signed-in" | "open";
  form?: (ids: Ids) => Record<string, string>;
  /** The code to another institution's ids and to unknown ones alike; without it the form names nothing of anybody's. */
  foreign?: "not_found";
  /** To a plain member of the same institution who names what is the owner's. */
  plain?: "not_found" | "forbidden" | "fine";
  /** Without words of its own: what it refuses leads to the sign-in page or to the error page. */
  button?: true;
}

const CONTACT_POINTS = "app/(console)/contact-points/actions.ts";
const MEMBERS = "app/(console)/members/actions.ts";
const ACCOUNT = "app/(console)/account/actions.ts";
const SUBSCRIBERS = "app/(console)/subscribers/actions.ts";
const SENDERS = "app/(console)/senders/actions.ts";
const KEYS = "app/(console)/keys/actions.ts";
const CONNECTIONS = "app/(console)/connections/actions.ts";
const ENDPOINTS = "app/(console)/endpoints/actions.ts";
const INTEGRATIONS = "app/(console)/integrations/actions.ts";
const SUBSCRIPTIONS = "app/(console)/subscriptions/actions.ts";
const SHELL = "app/(console)/actions.ts";

const own = (name: keyof Ids, more: Record<string, string> = {}): ActionCase => ({
  needs: "contact_point:own",
  form: (ids) => ({ contactPointId: ids[name], ...more }),
  foreign: "not_found",
  plain: "not_found",
});
const named = (needs: Permission, name: keyof Ids, more: Record<string, string> = {}): ActionCase => ({
  needs,
  form: (ids) => ({ [name]: ids[name], ...more }),
  foreign: "not_found",
  plain: "forbidden",
});

export const ACTION_CASES: Record<string, ActionCase> = {
  [`${CONTACT_POINTS}#abandonChangeAction`]: own("changingId"),
  [`${CONTACT_POINTS}#addContactPointAction`]: named("contact_point:own", "subscriberId", {
    type: "email",
    label: "New",
    email: "elsewhere@example.org",
  }),
  [`${CONTACT_POINTS}#changeAddressAction`]: own("contactPointId", { email: "elsewhere@example.org" }),
  [`${CONTACT_POINTS}#deleteAction`]: own("contactPointId"),
  [`${CONTACT_POINTS}#pauseAction`]: own("contactPointId", { until: "hour" }),
  [`${CONTACT_POINTS}#renameAction`]: own("contactPointId", { label: "Renamed" }),
  [`${CONTACT_POINTS}#restoreAction`]: own("deletedId"),
  [`${CONTACT_POINTS}#sendTestAction`]: own("changingId"),
  [`${CONTACT_POINTS}#startVerificationAction`]: own("unprovenId"),
  [`${CONTACT_POINTS}#submitCodeAction`]: { ...own("changingId"), form: ({ changingId, code }) => ({ contactPointId: changingId, code }) },
  [`${CONTACT_POINTS}#switchEnabledAction`]: own("contactPointId", { enabled: "false" }),

  "app/(console)/inbox/actions.ts#inboxAction": {
    needs: "inbox:own",
    form: ({ itemId }) => ({ read: itemId }),
    foreign: "not_found",
    plain: "not_found",
  },

  [`${MEMBERS}#inviteMemberAction`]: { needs: "member:invite" },
  [`${MEMBERS}#resendInvitationAction`]: { needs: "member:invite" },
  [`${MEMBERS}#revokeInvitationAction`]: named("member:invite", "invitationId"),
  [`${MEMBERS}#changeRoleAction`]: named("member:write", "memberId", { role: "member" }),
  [`${MEMBERS}#removeMemberAction`]: { ...named("member:write", "memberId"), needs: "member" },

  // the provider is asked by it; tests/integration/numbers.test.ts names another institution's account to its verb
  "app/(console)/numbers/actions.ts#buyNumberAction": { needs: "number:write" },
  "app/(console)/numbers/actions.ts#registerNumberAction": {
    ...named("number:write", "textIntegrationId"),
    form: ({ textIntegrationId }) => ({ integrationId: textIntegrationId, number: "+815012345678" }),
  },
  "app/(console)/numbers/actions.ts#checkPurchaseAction": {
    ...named("number:write", "phoneNumberId"),
    form: ({ phoneNumberId }) => ({ numberId: phoneNumberId }),
  },
  "app/(console)/numbers/actions.ts#addNumberSenderAction": {
    ...named("number:write", "phoneNumberId"),
    form: ({ phoneNumberId }) => ({ numberId: phoneNumberId }),
  },
  "app/(console)/numbers/actions.ts#deleteNumberAction": {
    ...named("number:write", "phoneNumberId"),
    form: ({ phoneNumberId }) => ({ numberId: phoneNumberId }),
  },
  "app/(console)/spending/actions.ts#allowCountryAction": { needs: "spending:write", form: () => ({ allow: "VN" }) },
  "app/(console)/spending/actions.ts#forbidCountryAction": { needs: "spending:write", form: () => ({ forbid: "VN" }) },
  "app/(console)/spending/actions.ts#updateSpendingAction": { needs: "spending:write", form: () => ({ currency: "USD" }) },

  "app/(console)/settings/actions.ts#updateInstitutionAction": { needs: "institution:write" },
  "app/(console)/settings/actions.ts#createInstitutionAction": { needs: "institution:create" },

  [`${SENDERS}#addSenderAction`]: named("sender:write", "integrationId", { name: "Second", fromAddress: "second@example.org" }),
  [`${SENDERS}#updateSenderAction`]: named("sender:write", "senderId", {
    name: "Renamed",
    host: "smtp.example.org",
    port: "587",
    security: "starttls",
    auth: "none",
  }),
  [`${SENDERS}#switchSenderAction`]: named("sender:write", "senderId", { enabled: "false" }),
  [`${SENDERS}#setDefaultAction`]: named("sender:write", "senderId"),
  [`${SENDERS}#duplicateSenderAction`]: named("sender:write", "senderId"),
  [`${SENDERS}#deleteSenderAction`]: named("sender:write", "senderId"),
  [`${SENDERS}#startSenderVerificationAction`]: named("sender:write", "senderId"),
  [`${SENDERS}#submitSenderCodeAction`]: {
    ...named("sender:write", "senderId"),
    form: ({ senderId, senderCode }) => ({ senderId, code: senderCode }),
  },
  [`${SENDERS}#diagnoseSenderAction`]: named("sender:write", "senderId"),

  [`${SUBSCRIPTIONS}#addPushSenderAction`]: { needs: "sender:write", form: () => ({ name: "Push", subject: "https://example.org" }) },
  [`${SUBSCRIPTIONS}#addChatSenderAction`]: {
    ...named("sender:write", "chatIntegrationId"),
    form: ({ chatIntegrationId }) => ({ integrationId: chatIntegrationId, name: "Chat" }),
  },
  [`${SUBSCRIPTIONS}#updateSubscriptionSenderAction`]: {
    ...named("sender:write", "pushSenderId"),
    form: ({ pushSenderId }) => ({ senderId: pushSenderId, name: "Renamed", subject: "https://example.org" }),
  },
  [`${SUBSCRIPTIONS}#deleteSubscriptionAction`]: named("subscription:write", "subscriptionId"),

  [`${SUBSCRIBERS}#createSubscriberAction`]: { needs: "subscriber:write" },
  [`${SUBSCRIBERS}#updateSubscriberAction`]: {
    ...named("subscriber:write", "subscriberId"),
    form: ({ subscriberId }) => ({ subscriberId, externalId: `renamed-${subscriberId}`, name: "Renamed" }),
  },
  [`${SUBSCRIBERS}#deleteSubscriberAction`]: named("subscriber:write", "subscriberId"),

  [`${CONNECTIONS}#createConnectionAction`]: {
    ...named("connection:write", "connectionId"),
    form: ({ spareIntegrationId, subscriberId }) => ({
      integrationId: spareIntegrationId,
      contexts: `of:${subscriberId}`,
      workspaceId: "T1",
      accessToken: "token",
    }),
  },
  [`${CONNECTIONS}#updateConnectionAction`]: named("connection:write", "connectionId", { workspaceId: "T2", accessToken: "token" }),
  // the provider is asked by it; tests/contract/dialects/novu.test.ts names another institution's connection to its verb
  [`${CONNECTIONS}#checkConnectionAction`]: { needs: "connection:write" },
  [`${CONNECTIONS}#deleteConnectionAction`]: named("connection:write", "connectionId"),
  [`${ENDPOINTS}#createEndpointAction`]: {
    ...named("connection:write", "connectionId"),
    form: ({ chatIntegrationId, connectionId, subscriberId }) => ({
      integrationId: chatIntegrationId,
      connectionId,
      externalId: `ext-${subscriberId}`,
      type: "slack_user",
      userId: "U1",
    }),
  },
  [`${ENDPOINTS}#updateEndpointAction`]: named("connection:write", "endpointId", { channelId: "C2" }),
  [`${ENDPOINTS}#deleteEndpointAction`]: named("connection:write", "endpointId"),
  [`${INTEGRATIONS}#createIntegrationAction`]: {
    needs: "sender:write",
    form: () => ({ provider: "discord", accountName: "Discord" }),
  },
  [`${INTEGRATIONS}#renameIntegrationAction`]: named("sender:write", "integrationId", { name: "Renamed", identifier: "renamed" }),
  [`${INTEGRATIONS}#configureIntegrationAction`]: {
    ...named("sender:write", "spareIntegrationId"),
    form: ({ spareIntegrationId }) => ({
      integrationId: spareIntegrationId,
      host: "smtp.other.example",
      port: "587",
      security: "starttls",
      auth: "none",
    }),
  },
  [`${INTEGRATIONS}#deleteIntegrationAction`]: {
    ...named("sender:write", "spareIntegrationId"),
    form: ({ spareIntegrationId }) => ({ integrationId: spareIntegrationId }),
  },

  "app/(console)/domains/actions.ts#createDomainAction": { needs: "domain:write" },
  "app/(console)/domains/actions.ts#checkDomainAction": named("domain:write", "domainId"),
  "app/(console)/domains/actions.ts#deleteDomainAction": named("domain:write", "domainId"),

  [`${KEYS}#createKeyAction`]: {
    needs: "key:own",
    form: () => ({ name: "Program", "scope:contact_points:read": "on", expiresInDays: "30" }),
  },
  [`${KEYS}#revokeKeyAction`]: { ...named("key:own", "apiKeyId"), form: ({ apiKeyId }) => ({ keyId: apiKeyId }), plain: "not_found" },
  [`${KEYS}#createAccessTokenAction`]: { needs: "key:own", form: () => ({ name: "Token", minutes: "5" }) },
  [`${KEYS}#revokeAccessTokenAction`]: { ...named("key:own", "accessTokenId"), plain: "not_found" },
  [`${KEYS}#createSigningKeyAction`]: { needs: "key:write", form: () => ({ name: "Application" }) },
  [`${KEYS}#revokeSigningKeyAction`]: named("key:write", "signingKeyId"),

  [`${ACCOUNT}#updateProfileAction`]: { needs: "signed-in" },
  [`${ACCOUNT}#changePasswordAction`]: {
    needs: "signed-in",
    form: () => ({ currentPassword: "wrong words", newPassword: "words that are long enough" }),
  },
  [`${ACCOUNT}#revokeSessionAction`]: { ...named("contact_point:own", "sessionId"), needs: "signed-in", plain: "not_found" },
  [`${ACCOUNT}#revokeOthersAction`]: { needs: "signed-in" },
  [`${ACCOUNT}#revokeAllAction`]: { needs: "signed-in" },
  [`${ACCOUNT}#deleteAccountAction`]: { needs: "signed-in", form: () => ({ password: "wrong words" }) },

  [`${SHELL}#signOutAction`]: { needs: "open", button: true },
  [`${SHELL}#setLanguageAction`]: { needs: "open", button: true },
  [`${SHELL}#setThemeAction`]: { needs: "signed-in", button: true },
  [`${SHELL}#switchInstitutionAction`]: {
    ...named("contact_point:own", "institutionId"),
    needs: "signed-in",
    plain: "fine",
    button: true,
  },

  "app/(auth)/forgot-password/actions.ts#forgotPasswordAction": { needs: "open" },
  "app/(auth)/invitation/[token]/actions.ts#joinAction": { needs: "open" },
  "app/(auth)/invitation/[token]/actions.ts#joinWithAccountAction": { needs: "open" },
  "app/(auth)/invitation/[token]/actions.ts#otherAccountAction": { needs: "open", button: true },
  "app/(auth)/reset-password/[token]/actions.ts#resetPasswordAction": { needs: "open" },
  "app/(auth)/setup/actions.ts#setupAction": { needs: "open" },
  "app/(auth)/sign-in/actions.ts#signInAction": { needs: "open" },
  "app/verify/actions.ts#confirmLinkAction": { needs: "open" },
  "app/verify/actions.ts#repudiateLinkAction": { needs: "open" },
  "app/verify/actions.ts#submitPublicCodeAction": { needs: "open" },
};

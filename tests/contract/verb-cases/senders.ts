import { encodeCursor } from "@/lib/core/page";
import { type Cases, helper, open, point, type VerbCase } from "./case";

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
const SPARE = { host: "smtp.other.example", port: 587, security: "starttls", auth: "none" };

export const SENDERS: Cases = {
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
  "lib/services/sms-spending/get-spending.ts#getSpending": { needs: "spending:read" },
  "lib/services/sms-spending/update-spending.ts#updateSpending": { needs: "spending:write", given: () => ({ allow: "VN" }) },
};

import * as accessTokensOneRequests from "@/app/api/v1/access-tokens/[accessTokenId]/requests/route";
import * as accessTokensOne from "@/app/api/v1/access-tokens/[accessTokenId]/route";
import * as accessTokens from "@/app/api/v1/access-tokens/route";
import * as auditExport from "@/app/api/v1/audit/export/route";
import * as audit from "@/app/api/v1/audit/route";
import * as connectionsOneCheck from "@/app/api/v1/connections/[connectionId]/check/route";
import * as connectionsOne from "@/app/api/v1/connections/[connectionId]/route";
import * as connections from "@/app/api/v1/connections/route";
import * as contactPointsOneAddress from "@/app/api/v1/contact-points/[contactPointId]/address/route";
import * as contactPointsOneHistory from "@/app/api/v1/contact-points/[contactPointId]/history/route";
import * as contactPointsOneOptOuts from "@/app/api/v1/contact-points/[contactPointId]/opt-outs/route";
import * as contactPointsOnePause from "@/app/api/v1/contact-points/[contactPointId]/pause/route";
import * as contactPointsOneRestore from "@/app/api/v1/contact-points/[contactPointId]/restore/route";
import * as contactPointsOne from "@/app/api/v1/contact-points/[contactPointId]/route";
import * as contactPointsOneTests from "@/app/api/v1/contact-points/[contactPointId]/tests/route";
import * as contactPointsOneVerificationCode from "@/app/api/v1/contact-points/[contactPointId]/verification/code/route";
import * as contactPointsOneVerificationConfirm from "@/app/api/v1/contact-points/[contactPointId]/verification/confirm/route";
import * as contactPointsOneVerification from "@/app/api/v1/contact-points/[contactPointId]/verification/route";
import * as contactPoints from "@/app/api/v1/contact-points/route";
import * as domainsOneCheck from "@/app/api/v1/domains/[domainId]/check/route";
import * as domainsOne from "@/app/api/v1/domains/[domainId]/route";
import * as domains from "@/app/api/v1/domains/route";
import * as endpointsOne from "@/app/api/v1/endpoints/[endpointId]/route";
import * as endpoints from "@/app/api/v1/endpoints/route";
import * as inboxOneConfirm from "@/app/api/v1/inbox/[itemId]/confirm/route";
import * as inboxOneRead from "@/app/api/v1/inbox/[itemId]/read/route";
import * as inboxReadAll from "@/app/api/v1/inbox/read-all/route";
import * as inbox from "@/app/api/v1/inbox/route";
import * as inboxUnread from "@/app/api/v1/inbox/unread/route";
import * as institution from "@/app/api/v1/institution/route";
import * as institutions from "@/app/api/v1/institutions/route";
import * as integrationsOneConfig from "@/app/api/v1/integrations/[integrationId]/config/route";
import * as integrationsOne from "@/app/api/v1/integrations/[integrationId]/route";
import * as integrations from "@/app/api/v1/integrations/route";
import * as invitationsOne from "@/app/api/v1/invitations/[invitationId]/route";
import * as invitations from "@/app/api/v1/invitations/route";
import * as keysOneRequests from "@/app/api/v1/keys/[keyId]/requests/route";
import * as keysOne from "@/app/api/v1/keys/[keyId]/route";
import * as keys from "@/app/api/v1/keys/route";
import * as membersOneKeys from "@/app/api/v1/members/[memberId]/keys/route";
import * as membersOne from "@/app/api/v1/members/[memberId]/route";
import * as members from "@/app/api/v1/members/route";
import * as messagesOne from "@/app/api/v1/messages/[messageId]/route";
import * as numbersOneCheck from "@/app/api/v1/numbers/[numberId]/check/route";
import * as numbersOne from "@/app/api/v1/numbers/[numberId]/route";
import * as numbersOneSender from "@/app/api/v1/numbers/[numberId]/sender/route";
import * as numbersAvailable from "@/app/api/v1/numbers/available/route";
import * as numbersPurchases from "@/app/api/v1/numbers/purchases/route";
import * as numbers from "@/app/api/v1/numbers/route";
import * as sendersOneDefault from "@/app/api/v1/senders/[senderId]/default/route";
import * as sendersOneDiagnosis from "@/app/api/v1/senders/[senderId]/diagnosis/route";
import * as sendersOneDuplicate from "@/app/api/v1/senders/[senderId]/duplicate/route";
import * as sendersOneEnabled from "@/app/api/v1/senders/[senderId]/enabled/route";
import * as sendersOneHistory from "@/app/api/v1/senders/[senderId]/history/route";
import * as sendersOnePushSubject from "@/app/api/v1/senders/[senderId]/push-subject/route";
import * as sendersOne from "@/app/api/v1/senders/[senderId]/route";
import * as sendersOneSubscriptions from "@/app/api/v1/senders/[senderId]/subscriptions/route";
import * as sendersOneVerificationCode from "@/app/api/v1/senders/[senderId]/verification/code/route";
import * as sendersOneVerification from "@/app/api/v1/senders/[senderId]/verification/route";
import * as sendersChat from "@/app/api/v1/senders/chat/route";
import * as sendersDiagnosis from "@/app/api/v1/senders/diagnosis/route";
import * as sendersInUse from "@/app/api/v1/senders/in-use/route";
import * as sendersPush from "@/app/api/v1/senders/push/route";
import * as senders from "@/app/api/v1/senders/route";
import * as signingKeysOne from "@/app/api/v1/signing-keys/[signingKeyId]/route";
import * as signingKeys from "@/app/api/v1/signing-keys/route";
import * as spending from "@/app/api/v1/spending/route";
import * as subscribersOne from "@/app/api/v1/subscribers/[subscriberId]/route";
import * as subscribers from "@/app/api/v1/subscribers/route";
import * as subscriptionsOne from "@/app/api/v1/subscriptions/[subscriptionId]/route";
import * as subscriptions from "@/app/api/v1/subscriptions/route";
import { nativePath } from "@/lib/http/openapi/describe";

/** Every path of the native API with the handlers that serve it; a test looks for one that is missing. */
export const NATIVE_PATHS = {
  "/api/v1/access-tokens/{accessTokenId}/requests": nativePath(accessTokensOneRequests),
  "/api/v1/access-tokens/{accessTokenId}": nativePath(accessTokensOne),
  "/api/v1/access-tokens": nativePath(accessTokens),
  "/api/v1/audit/export": nativePath(auditExport),
  "/api/v1/audit": nativePath(audit),
  "/api/v1/connections/{connectionId}/check": nativePath(connectionsOneCheck),
  "/api/v1/connections/{connectionId}": nativePath(connectionsOne),
  "/api/v1/connections": nativePath(connections),
  "/api/v1/contact-points/{contactPointId}/address": nativePath(contactPointsOneAddress),
  "/api/v1/contact-points/{contactPointId}/history": nativePath(contactPointsOneHistory),
  "/api/v1/contact-points/{contactPointId}/opt-outs": nativePath(contactPointsOneOptOuts),
  "/api/v1/contact-points/{contactPointId}/pause": nativePath(contactPointsOnePause),
  "/api/v1/contact-points/{contactPointId}/restore": nativePath(contactPointsOneRestore),
  "/api/v1/contact-points/{contactPointId}": nativePath(contactPointsOne),
  "/api/v1/contact-points/{contactPointId}/tests": nativePath(contactPointsOneTests),
  "/api/v1/contact-points/{contactPointId}/verification/code": nativePath(contactPointsOneVerificationCode),
  "/api/v1/contact-points/{contactPointId}/verification/confirm": nativePath(contactPointsOneVerificationConfirm),
  "/api/v1/contact-points/{contactPointId}/verification": nativePath(contactPointsOneVerification),
  "/api/v1/contact-points": nativePath(contactPoints),
  "/api/v1/domains/{domainId}/check": nativePath(domainsOneCheck),
  "/api/v1/domains/{domainId}": nativePath(domainsOne),
  "/api/v1/domains": nativePath(domains),
  "/api/v1/endpoints/{endpointId}": nativePath(endpointsOne),
  "/api/v1/endpoints": nativePath(endpoints),
  "/api/v1/inbox/{itemId}/confirm": nativePath(inboxOneConfirm),
  "/api/v1/inbox/{itemId}/read": nativePath(inboxOneRead),
  "/api/v1/inbox/read-all": nativePath(inboxReadAll),
  "/api/v1/inbox": nativePath(inbox),
  "/api/v1/inbox/unread": nativePath(inboxUnread),
  "/api/v1/institution": nativePath(institution),
  "/api/v1/institutions": nativePath(institutions),
  "/api/v1/integrations/{integrationId}/config": nativePath(integrationsOneConfig),
  "/api/v1/integrations/{integrationId}": nativePath(integrationsOne),
  "/api/v1/integrations": nativePath(integrations),
  "/api/v1/invitations/{invitationId}": nativePath(invitationsOne),
  "/api/v1/invitations": nativePath(invitations),
  "/api/v1/keys/{keyId}/requests": nativePath(keysOneRequests),
  "/api/v1/keys/{keyId}": nativePath(keysOne),
  "/api/v1/keys": nativePath(keys),
  "/api/v1/members/{memberId}/keys": nativePath(membersOneKeys),
  "/api/v1/members/{memberId}": nativePath(membersOne),
  "/api/v1/members": nativePath(members),
  "/api/v1/messages/{messageId}": nativePath(messagesOne),
  "/api/v1/numbers/{numberId}/check": nativePath(numbersOneCheck),
  "/api/v1/numbers/{numberId}": nativePath(numbersOne),
  "/api/v1/numbers/{numberId}/sender": nativePath(numbersOneSender),
  "/api/v1/numbers/available": nativePath(numbersAvailable),
  "/api/v1/numbers/purchases": nativePath(numbersPurchases),
  "/api/v1/numbers": nativePath(numbers),
  "/api/v1/senders/{senderId}/default": nativePath(sendersOneDefault),
  "/api/v1/senders/{senderId}/diagnosis": nativePath(sendersOneDiagnosis),
  "/api/v1/senders/{senderId}/duplicate": nativePath(sendersOneDuplicate),
  "/api/v1/senders/{senderId}/enabled": nativePath(sendersOneEnabled),
  "/api/v1/senders/{senderId}/history": nativePath(sendersOneHistory),
  "/api/v1/senders/{senderId}/push-subject": nativePath(sendersOnePushSubject),
  "/api/v1/senders/{senderId}": nativePath(sendersOne),
  "/api/v1/senders/{senderId}/subscriptions": nativePath(sendersOneSubscriptions),
  "/api/v1/senders/{senderId}/verification/code": nativePath(sendersOneVerificationCode),
  "/api/v1/senders/{senderId}/verification": nativePath(sendersOneVerification),
  "/api/v1/senders/chat": nativePath(sendersChat),
  "/api/v1/senders/diagnosis": nativePath(sendersDiagnosis),
  "/api/v1/senders/in-use": nativePath(sendersInUse),
  "/api/v1/senders/push": nativePath(sendersPush),
  "/api/v1/senders": nativePath(senders),
  "/api/v1/signing-keys/{signingKeyId}": nativePath(signingKeysOne),
  "/api/v1/signing-keys": nativePath(signingKeys),
  "/api/v1/spending": nativePath(spending),
  "/api/v1/subscribers/{subscriberId}": nativePath(subscribersOne),
  "/api/v1/subscribers": nativePath(subscribers),
  "/api/v1/subscriptions/{subscriptionId}": nativePath(subscriptionsOne),
  "/api/v1/subscriptions": nativePath(subscriptions),
};

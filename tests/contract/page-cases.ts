import type { Permission } from "@/lib/auth/permissions";
import { encodeCursor } from "@/lib/core/page";
import type { Ids } from "@/tests/support/two-institutions";

/** One page, as somebody who knows these ids could open it. */
export interface PageCase {
  /** `open`: for whoever is not signed in too, or the token is the permission. */
  needs: Permission | "signed-in" | "open";
  params?: (ids: Ids) => Record<string, string>;
  search?: (ids: Ids) => Record<string, string>;
  /** What another institution's ids and unknown ones alike lead to; without it the page names nothing of anybody's. */
  foreign?: "not_found" | "answer";
  /** To a plain member of the same institution who names what is the owner's. */
  plain?: "not_found" | "answer";
  /** Only there while the launcher runs its catcher. */
  hidden?: true;
}

const point = (name: keyof Ids): PageCase => ({
  needs: "contact_point:own",
  params: (ids) => ({ contactPointId: ids[name] }),
  foreign: "not_found",
  plain: "not_found",
});
const open: PageCase = { needs: "open" };

export const PAGE_CASES: Record<string, PageCase> = {
  "app/page.tsx": open,
  "app/reference/page.tsx": open,
  "app/reference/[name]/page.tsx": { needs: "open", params: () => ({ name: "closient" }) },
  "app/reference/[name]/[operation]/page.tsx": {
    needs: "open",
    params: () => ({ name: "native", operation: "post_api_v1_contact_points" }),
  },
  "app/(auth)/forgot-password/page.tsx": open,
  "app/(auth)/invitation/[token]/page.tsx": { needs: "open", params: ({ invitationToken }) => ({ token: invitationToken }) },
  "app/(auth)/reset-password/[token]/page.tsx": { needs: "open", params: ({ linkToken }) => ({ token: linkToken }) },
  "app/(auth)/setup/page.tsx": open,
  "app/(auth)/sign-in/page.tsx": open,
  "app/verify/page.tsx": open,
  "app/verify/[token]/page.tsx": { needs: "open", params: ({ linkToken }) => ({ token: linkToken }) },
  "app/verify/done/page.tsx": open,
  "app/verify/refused/page.tsx": open,

  "app/(console)/account/page.tsx": { needs: "signed-in" },
  "app/(console)/audit/page.tsx": {
    needs: "audit:read",
    search: ({ contactPointId, userId, at }) => ({ object: contactPointId, actor: userId, after: encodeCursor([at, contactPointId]) }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/catcher/page.tsx": { needs: "catcher:read", hidden: true },
  "app/(console)/catcher/mail/[caughtId]/page.tsx": { needs: "catcher:read", params: ({ caughtId }) => ({ caughtId }), hidden: true },
  "app/(console)/connections/page.tsx": {
    needs: "connection:read",
    search: ({ at, connectionId, integrationId }) => ({ after: encodeCursor([at, connectionId]), integration: integrationId }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/connections/new/page.tsx": {
    needs: "connection:write",
    search: ({ integrationId }) => ({ integration: integrationId }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/connections/[connectionId]/page.tsx": {
    needs: "connection:read",
    params: ({ connectionId }) => ({ connectionId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/endpoints/new/page.tsx": {
    needs: "connection:write",
    search: ({ connectionId, subscriberId, integrationId }) => ({
      connection: connectionId,
      subscriber: subscriberId,
      integration: integrationId,
      type: "slack_user",
    }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/endpoints/[endpointId]/page.tsx": {
    needs: "connection:read",
    params: ({ endpointId }) => ({ endpointId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/integrations/page.tsx": {
    needs: "sender:read",
    search: ({ at, integrationId }) => ({ after: encodeCursor([at, integrationId]) }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/integrations/new/page.tsx": { needs: "sender:write" },
  "app/(console)/integrations/[integrationId]/page.tsx": {
    needs: "sender:read",
    params: ({ integrationId }) => ({ integrationId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/contact-points/page.tsx": {
    needs: "contact_point:own",
    search: ({ at, contactPointId }) => ({ after: encodeCursor([true, at, contactPointId]) }),
    foreign: "answer",
    plain: "answer",
  },
  "app/(console)/contact-points/new/page.tsx": {
    needs: "contact_point:own",
    search: ({ subscriberId }) => ({ subscriber: subscriberId, type: "email" }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/contact-points/[contactPointId]/page.tsx": point("contactPointId"),
  "app/(console)/contact-points/[contactPointId]/address/page.tsx": point("contactPointId"),
  "app/(console)/domains/page.tsx": {
    needs: "domain:read",
    search: ({ at, domainId }) => ({ after: encodeCursor([at, domainId]) }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/domains/new/page.tsx": { needs: "domain:write" },
  "app/(console)/domains/[domainId]/page.tsx": {
    needs: "domain:read",
    params: ({ domainId }) => ({ domainId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/inbox/page.tsx": {
    needs: "inbox:own",
    search: ({ at, itemId }) => ({ after: encodeCursor([true, at, itemId]) }),
    foreign: "answer",
    plain: "answer",
  },
  "app/(console)/keys/page.tsx": {
    needs: "key:own",
    search: ({ at, apiKeyId }) => ({ after: encodeCursor([at, apiKeyId]) }),
    foreign: "answer",
    plain: "answer",
  },
  "app/(console)/keys/new/page.tsx": { needs: "key:own" },
  "app/(console)/keys/[keyId]/page.tsx": {
    needs: "key:own",
    params: ({ apiKeyId }) => ({ keyId: apiKeyId }),
    search: () => ({ status: "2xx" }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/keys/tokens/page.tsx": {
    needs: "key:own",
    search: ({ at, accessTokenId }) => ({ after: encodeCursor([at, accessTokenId]) }),
    foreign: "answer",
    plain: "answer",
  },
  "app/(console)/keys/tokens/new/page.tsx": { needs: "key:own" },
  "app/(console)/keys/tokens/[accessTokenId]/page.tsx": {
    needs: "key:own",
    params: ({ accessTokenId }) => ({ accessTokenId }),
    search: () => ({ status: "2xx" }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/keys/signing/page.tsx": {
    needs: "key:read",
    search: ({ at, signingKeyId }) => ({ after: encodeCursor([at, signingKeyId]) }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/keys/signing/new/page.tsx": { needs: "key:write" },
  "app/(console)/keys/signing/[signingKeyId]/page.tsx": {
    needs: "key:read",
    params: ({ signingKeyId }) => ({ signingKeyId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/members/page.tsx": {
    needs: "member:read",
    search: ({ memberId }) => ({ after: encodeCursor(["2020-01-01T00:00:00.000Z", memberId]) }),
    foreign: "answer",
    plain: "answer",
  },
  "app/(console)/members/invite/page.tsx": { needs: "member:invite" },
  "app/(console)/members/[memberId]/page.tsx": {
    needs: "member:read",
    params: ({ memberId }) => ({ memberId }),
    foreign: "not_found",
    plain: "answer",
  },
  "app/(console)/senders/page.tsx": {
    needs: "sender:read",
    search: ({ at, senderId }) => ({ after: encodeCursor([at, senderId]) }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/senders/new/page.tsx": {
    needs: "sender:write",
    search: ({ integrationId }) => ({ integration: integrationId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/senders/new/push/page.tsx": { needs: "sender:write" },
  "app/(console)/senders/new/chat/page.tsx": {
    needs: "sender:write",
    search: ({ chatIntegrationId }) => ({ integration: chatIntegrationId }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/senders/[senderId]/page.tsx": {
    needs: "sender:read",
    params: ({ senderId }) => ({ senderId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/numbers/page.tsx": {
    needs: "number:read",
    search: ({ at, phoneNumberId }) => ({ after: encodeCursor([at, phoneNumberId]) }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/numbers/buy/page.tsx": {
    needs: "number:write",
    search: ({ integrationId }) => ({ integration: integrationId, country: "JP" }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/numbers/register/page.tsx": { needs: "number:write" },
  "app/(console)/numbers/[numberId]/page.tsx": {
    needs: "number:read",
    params: ({ phoneNumberId }) => ({ numberId: phoneNumberId }),
    foreign: "not_found",
    plain: "not_found",
  },
  "app/(console)/spending/page.tsx": { needs: "spending:read" },
  "app/(console)/settings/page.tsx": { needs: "institution:write" },
  "app/(console)/settings/new-institution/page.tsx": { needs: "institution:create" },
  "app/(console)/subscribers/page.tsx": {
    needs: "subscriber:read",
    search: ({ at, subscriberId }) => ({ after: encodeCursor([at, subscriberId]) }),
    foreign: "answer",
    plain: "not_found",
  },
  "app/(console)/subscribers/new/page.tsx": { needs: "subscriber:write" },
  "app/(console)/subscribers/[subscriberId]/page.tsx": {
    needs: "subscriber:read",
    params: ({ subscriberId }) => ({ subscriberId }),
    foreign: "not_found",
    plain: "not_found",
  },
};

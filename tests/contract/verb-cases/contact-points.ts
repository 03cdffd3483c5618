import { encodeCursor } from "@/lib/core/page";
import type { Ids } from "@/tests/support/two-institutions";
import type { Cases, Helper, VerbCase } from "./case";

const own = (given: (ids: Ids) => unknown): VerbCase => ({ needs: "contact_point:own", given, foreign: "not_found", plain: "not_found" });
const point = (more: object = {}) => own(({ contactPointId }) => ({ contactPointId, ...more }));
const open: VerbCase = { needs: "nothing" };
const helper: Helper = { helper: true };

export const CONTACT_POINTS: Cases = {
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
  "lib/services/messages/get.ts#getMessage": own(({ messageId }) => ({ messageId })),
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

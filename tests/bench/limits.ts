const much = (windowSec: number) => ({ max: 1_000_000_000, windowSec });

/** Out of the way, not switched off: every request still counts and is judged. */
export const LIMITS = {
  contactPointsPerSubscriber: 1_000_000_000,
  sendersPerInstitution: 1_000_000_000,
  subscriptionsPerSubscriber: 1_000_000_000,
  requestsPerCredential: { perMinute: 1_000_000_000, burst: 1_000_000 },
  sendsPerUserDay: much(86_400),
  sendsPerIpHour: much(3600),
  submissionsPerUserHour: much(3600),
  submissionsPerIpHour: much(3600),
  submissionsPerDestinationHour: much(3600),
  messagesPerContactPoint: much(5),
};

import { z } from "zod";

/** A window limit: at most `max` in `windowSec` seconds. */
const rate = (max: number, windowSec: number) =>
  z.strictObject({ max: z.int().min(1), windowSec: z.int().min(1) }).default({ max, windowSec });

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Every limit of the product, with its default and the requirement it comes from. `LIMITS` overrides. */
export const limitsSchema = z.strictObject({
  codeTtlSec: z.int().min(60).max(600).default(600), // R2
  linkTtlSec: z.int().min(900).max(DAY).default(DAY), // R3
  confirmTtlSec: z.int().min(900).max(DAY).default(DAY),
  attemptsMax: z.int().min(1).max(5).default(5), // R5
  wrongCodesPerContactPoint: rate(20, DAY), // R6
  consecutiveFailuresMax: z.int().min(1).default(100), // R6
  resendLadderSec: z.array(z.int().min(0)).min(1).default([60, 60, 120, 300, 600]), // R22
  sendsPerContactPointHour: rate(5, HOUR), // R23
  sendsPerContactPointDay: rate(10, DAY),
  sendsPerDestinationHour: rate(5, HOUR), // R24
  sendsPerDestinationDay: rate(10, DAY),
  sendsPerUserDay: rate(20, DAY), // R25
  sendsPerIpHour: rate(20, HOUR),
  /** By keys that are nobody's in person. */
  sendsByKeysPerInstitutionDay: rate(1000, DAY),
  textsPerInstitutionHour: rate(100, HOUR), // R26
  textsPerInstitutionDay: rate(1000, DAY),
  textsPerDialCodeDay: rate(50, DAY), // R27
  textsPerPrefixHour: rate(10, HOUR), // R28
  textProofs: z.strictObject({ of: z.int().min(5), minPercent: z.int().min(0).max(100), pauseSec: z.int().min(60) }).default({
    of: 50,
    minPercent: 20,
    pauseSec: HOUR,
  }), // R29
  /** R33: what a credential may ask for; `burst` at once. */
  requestsPerCredential: z.strictObject({ perMinute: z.int().min(1), burst: z.int().min(1) }).default({ perMinute: 600, burst: 60 }),
  keysPerInstitution: z.int().min(1).default(200), // R34
  /** Of their own: nobody uses up what all others have. */
  keysPerPerson: z.int().min(1).default(20),
  signingKeysPerInstitution: z.int().min(1).default(10),
  /** Made here, each at the price of a second of computing. */
  signingPairsPerInstitutionHour: rate(20, HOUR),
  accessTokensPerUserHour: rate(60, HOUR),
  /** Each brings limits of its own with it. */
  institutionsPerUserDay: rate(20, DAY),
  numberSearchesPerInstitutionHour: rate(60, HOUR),
  numberPurchasesPerInstitutionHour: rate(60, HOUR),
  submissionsPerUserHour: rate(30, HOUR), // R31
  submissionsPerIpHour: rate(100, HOUR),
  submissionsPerDestinationHour: rate(20, HOUR),
  testsPerContactPoint: rate(1, 60),
  signInsPerAccount: rate(5, 15 * 60), // R33
  signInsPerIp: rate(20, 15 * 60),
  humanChecksPerIp: rate(100, 15 * 60), // R56
  passwordResetsPerAccount: rate(3, HOUR),
  passwordResetsPerIp: rate(20, HOUR),
  invitationsPerInstitutionDay: rate(100, DAY),
  contactPointsPerSubscriber: z.int().min(1).default(20), // R34
  sendersPerInstitution: z.int().min(1).default(20), // R34
  subscriptionsPerSubscriber: z.int().min(1).default(20), // R34
  diagnosesPerSender: rate(1, 60), // R32
  diagnosesPerInstitution: rate(10, HOUR),
  diagnosesAtOnce: z.int().min(1).default(2),
  messagesPerContactPoint: rate(5, 5), // R72
  suppressionDays: z.int().min(1).default(30), // R15
  domainsPerInstitution: z.int().min(1).default(50), // R34
  domainsAddedPerInstitutionHour: rate(20, HOUR),
  domainChecksPerInstitutionHour: rate(60, HOUR),
  integrationsPerInstitution: z.int().min(1).default(200), // R34
  connectionChecksPerInstitutionHour: rate(120, HOUR), // R32
  undoSec: z.int().min(5).default(60),
});

export type Limits = z.output<typeof limitsSchema>;
export type Rate = Limits["sendsPerUserDay"];

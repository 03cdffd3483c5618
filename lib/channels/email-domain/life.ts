import type { RecordCheck } from "@/lib/channels/email-domain/checks";

/** `failed`: it was verified, and its ownership record has been gone for longer than a mistake takes. */
export const DOMAIN_STATES = ["pending", "verified", "failed"] as const;
export type DomainState = (typeof DOMAIN_STATES)[number];

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How long a verified domain may be without its ownership record: DNS is moved, and people make mistakes. */
const GRACE_SEC = 3 * DAY;

/** What a domain is after a look. `now` is the database's time, as every other. */
export function stateAfter(before: DomainState, checks: readonly RecordCheck[], now: Date): DomainState {
  const ownership = checks.find(({ kind }) => kind === "ownership");
  if (ownership?.status === "ok") {
    return "verified";
  }
  const missed = ownership?.badSince && (ownership.status === "missing" || ownership.status === "wrong");
  return before === "verified" && missed && secondsSince(ownership.badSince, now) >= GRACE_SEC ? "failed" : before;
}

/** Whether mail may be signed after a look: `undefined` where the look does not tell. */
export function dkimAfter(checks: readonly RecordCheck[]): boolean | undefined {
  const status = checks.find(({ kind }) => kind === "dkim")?.status;
  return status === undefined || status === "unclear" || status === "unchecked" ? undefined : status === "ok" || status === "warning";
}

/** Seconds until the worker's next look: soon while somebody waits for it, rarely once all is well or long forgotten. */
export function nextCheckSec(state: DomainState, checks: readonly RecordCheck[], createdAt: Date, now: Date): number {
  const bad = checks.some(({ status }) => status === "unclear") || checks.some(({ kind, badSince }) => kind === "ownership" && badSince);
  if (state !== "pending") {
    return bad && state === "verified" ? HOUR : DAY;
  }
  const age = secondsSince(createdAt.toISOString(), now);
  if (age < HOUR) return 2 * MINUTE;
  if (age < DAY) return 10 * MINUTE;
  if (age < 7 * DAY) return HOUR;
  return age < 30 * DAY ? DAY : 7 * DAY;
}

function secondsSince(at: string | null, now: Date): number {
  return at === null ? 0 : (now.getTime() - new Date(at).getTime()) / 1000;
}

import type { DeliveryReason } from "@/lib/delivery/result";

/** A message whose turn it is, with what its fate depends on; every time is judged by the database (R2). */
export interface Candidate {
  kind: string;
  type: string;
  state: string;
  expired: boolean;
  /** Its next attempt is due later, and has a job of its own. */
  early: boolean;
  /** It was started so lately that whoever started it must still be at it. */
  busy: boolean;
  addressVersion: number | null;
  /** Whether its challenge can still be met; null for a message without one. */
  challengeIsLive: boolean | null;
  contactPoint: Standing | null;
}

export interface Standing {
  addressVersion: number;
  pendingAddressVersion: number | null;
  verified: boolean;
  enabled: boolean;
  paused: boolean;
  undeliverable: boolean;
  locked: boolean;
  deleted: boolean;
}

export type EndReason = DeliveryReason | "unreadable";

export type Verdict =
  | { act: "send" }
  /** Nothing to do: it is done, or somebody else's. */
  | { act: "drop" }
  | { act: "wait"; sec: number }
  | { act: "end"; state: "expired" | "cancelled" | "unknown"; reason: EndReason | null };

/** A crashed worker is noticed within this time; who finds a message at work before that looks again later. */
export const BUSY_SEC = 10;
const LOOK_AGAIN_SEC = 30;

const END = {
  expired: { act: "end", state: "expired", reason: null },
  cancelled: { act: "end", state: "cancelled", reason: null },
  unknown: { act: "end", state: "unknown", reason: "unknown_outcome" },
} as const satisfies Record<string, Verdict>;

export function judge(message: Candidate): Verdict {
  if (message.state !== "queued" && message.state !== "sending") {
    return { act: "drop" };
  }
  if (message.busy) {
    return { act: "wait", sec: LOOK_AGAIN_SEC };
  }
  if (message.early) {
    return { act: "drop" };
  }
  // Its worker is gone, and nobody knows how far it came (R70).
  const ambiguous = message.state === "sending";
  if (message.expired) {
    return ambiguous ? END.unknown : END.expired;
  }
  if (ambiguous && message.kind === "test") {
    return END.unknown;
  }
  return isWanted(message) ? { act: "send" } : END.cancelled;
}

/** R18: nothing goes to a channel that is unverified or off, except its own verification. */
function isWanted({ kind, contactPoint, addressVersion, challengeIsLive }: Candidate): boolean {
  switch (kind) {
    case "test":
    case "notice":
      return contactPoint !== null && isDeliverable(contactPoint) && contactPoint.addressVersion === addressVersion;
    case "verification":
      return (
        challengeIsLive === true &&
        contactPoint !== null &&
        !contactPoint.deleted &&
        !contactPoint.locked &&
        (contactPoint.pendingAddressVersion ?? contactPoint.addressVersion) === addressVersion
      );
    default:
      return true;
  }
}

function isDeliverable(point: Standing): boolean {
  return point.verified && point.enabled && !point.paused && !point.undeliverable && !point.deleted;
}

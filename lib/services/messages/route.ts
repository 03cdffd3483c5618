import type { LaneOf } from "@/lib/delivery/lanes";
import type { SenderStanding } from "@/lib/services/messages/circumstances";
import type { DueMessage } from "@/lib/services/messages/due";
import { isSenderFault } from "@/lib/services/messages/sender-faults";

/** Which sender's configuration a message goes out through. */
export interface Route {
  senderId: string;
  /** Of the settings that are used: as they were proven last, or for their own verification as they stand. */
  revision: number;
  which: "sending" | "current";
  /** How many of the last attempts failed in a row: a sender in doubt gets one message at a time. */
  failureRun: number;
}

type Routing =
  | { by: "sender"; route: Route }
  | { by: "system" }
  /** Its sender is off or failing. */
  | { by: "wait"; senderId: string }
  | { by: "none"; state: "suppressed" | "cancelled"; reason: "opted_out" | null };

/** Somebody sits in front of these: where the sender does not send they go through the system's (R49). */
const NEVER_WAITS: ReadonlySet<string> = new Set(["verification", "password_reset", "invitation"]);

export function neverWaits(kind: string): boolean {
  return NEVER_WAITS.has(kind);
}

/** News of what is wrong with the institution's own ways go another way. */
const BY_SYSTEM: ReadonlySet<string> = new Set(["sender_alert", "domain_alert"]);

/** R49: through the default sender if it may send; else through the system's, or not now. */
export function routeOf(message: DueMessage, to: string, senders: readonly SenderStanding[]): Routing {
  if (message.kind === "sender_verification") {
    return routeVerification(message, to, senders);
  }
  const sender = BY_SYSTEM.has(message.kind) ? undefined : senders.find(({ type, isDefault }) => isDefault && type === message.type);
  if (!sender) {
    return { by: "system" };
  }
  if (sender.optedOut.includes(to)) {
    return OPTED_OUT;
  }
  if (sender.provenRevision === null) {
    return { by: "system" };
  }
  const maySend = (sender.state === "active" || sender.state === "pending") && !sender.circuitOpen;
  if (neverWaits(message.kind)) {
    const failed = message.senderId === sender.id && message.reason !== null && isSenderFault(message.reason);
    return maySend && !failed ? through(sender, "sending", sender.provenRevision) : { by: "system" };
  }
  return maySend ? through(sender, "sending", sender.provenRevision) : { by: "wait", senderId: sender.id };
}

/** The only thing that an unproven configuration sends. */
function routeVerification(message: DueMessage, to: string, senders: readonly SenderStanding[]): Routing {
  const sender = senders.find(({ id }) => id === message.senderId);
  if (!sender) {
    return { by: "none", state: "cancelled", reason: null };
  }
  return sender.optedOut.includes(to) ? OPTED_OUT : through({ ...sender, failureRun: 0 }, "current", sender.revision);
}

const OPTED_OUT = { by: "none", state: "suppressed", reason: "opted_out" } as const satisfies Routing;

function through({ id, failureRun }: SenderStanding, which: Route["which"], revision: number) {
  return { by: "sender", route: { senderId: id, revision, which, failureRun } } as const;
}

/** R49: no more than four connections each. */
const SENDER_CAP = 4;
const SYSTEM_CAP = 10;
const DOUBTFUL_RUN = 5;
/** With what a transaction takes, a sender that is switched off begins nothing more after a second. */
const KEEPS_MS = 700;

export function laneOf(institutionId: string, type: string, route: Route | null): LaneOf | null {
  if (route) {
    const cap = route.failureRun >= DOUBTFUL_RUN ? 1 : SENDER_CAP;
    return { name: `sender:${route.senderId}`, group: groupName(institutionId, type), cap, share: 0.5, keepsMs: KEEPS_MS };
  }
  return type === "in_app" ? null : { name: `system:${type}`, group: null, cap: SYSTEM_CAP, share: 1, keepsMs: null };
}

/** What waits for one sender can be passed over together; what never waits is always looked at. */
export function groupOf(institutionId: string, { kind, type }: { kind: string; type: string }): string | null {
  const mayWait = !neverWaits(kind) && kind !== "sender_verification" && !BY_SYSTEM.has(kind) && type !== "in_app";
  return mayWait ? groupName(institutionId, type) : null;
}

function groupName(institutionId: string, type: string): string {
  return `${institutionId}:${type}`;
}

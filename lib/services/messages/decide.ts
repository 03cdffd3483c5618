import { randomInt } from "node:crypto";
import { contactPointType } from "@/lib/channels/registry";
import type { Tx } from "@/lib/db/unit-of-work";
import type { Payload } from "@/lib/delivery/payload";
import type { Job } from "@/lib/delivery/queue";
import type { AskRoom } from "@/lib/delivery/worker";
import { env } from "@/lib/env";
import { type Circumstances, circumstancesOf } from "@/lib/services/messages/circumstances";
import { type Decided, type Decision, put, type Wanted, wanted } from "@/lib/services/messages/decision";
import { type DueMessage, suppressedHashes } from "@/lib/services/messages/due";
import { judge } from "@/lib/services/messages/judge";
import { openPayload } from "@/lib/services/messages/open-payload";
import { laneOf, neverWaits, routeOf } from "@/lib/services/messages/route";
import { takeTurns } from "@/lib/services/messages/sender-rate";
import { suppressionHashes } from "@/lib/services/messages/suppression";

/** Without a worker around, there is room for everything. */
export const ROOM_FOR_ALL: AskRoom = () => "granted";

/** The sender says when it can again (R49); this is for what nobody said. */
const HELD_LOOK_AGAIN_SEC = 900;
const FULL_SEC = 1.5;
const SLOW_SEC = { least: 5, most: 600 };

/** What is to be done about each of these jobs. The order of the questions is that of their weight. */
export async function decide(
  tx: Tx,
  institutionId: string,
  jobs: readonly Job[],
  due: readonly DueMessage[],
  ask: AskRoom,
): Promise<Decided[]> {
  const decided = judgeAll(institutionId, jobs, due);
  const asked = wanted(decided);
  if (asked.length === 0) {
    return decided;
  }
  const circumstances = await circumstancesOf(tx, institutionId, {
    contactPointIds: [...new Set(asked.flatMap(({ message }) => message.contactPointId ?? []))],
    senderIds: asked.flatMap(({ message: { kind, senderId } }) => (kind === "sender_verification" && senderId ? [senderId] : [])),
    numbers: asked.flatMap(({ message: { type }, payload }) => (type === "sms" ? [payload.to] : [])),
  });
  await holdSuppressed(tx, institutionId, decided, circumstances);
  routeAll(decided, circumstances);
  throttle(decided, circumstances);
  fitIn(institutionId, decided, ask);
  await takeTurns(tx, institutionId, decided, circumstances.senders);
  return decided;
}

function judgeAll(institutionId: string, jobs: readonly Job[], due: readonly DueMessage[]): Decided[] {
  const messages = new Map(due.map((message) => [message.id, message]));
  const taken = new Set<string>();
  return jobs.map((job) => {
    const message = messages.get(job.messageId);
    // a second job for one message has nothing left to do
    if (!message || taken.has(message.id)) {
      return { job, message, payload: null, decision: { act: "drop" } };
    }
    taken.add(message.id);
    const verdict = judge(message);
    if (verdict.act !== "send") {
      return { job, message, payload: null, decision: verdict };
    }
    const payload = openPayload(institutionId, message.id, message.payload);
    return { job, message, payload, decision: readable(message, payload) };
  });
}

function readable(message: DueMessage, payload: Payload | null): Decision {
  if (!payload) {
    return { act: "end", state: "refused", reason: "unreadable" };
  }
  return contactPointType(message.type) ? { act: "send", route: null } : { act: "end", state: "refused", reason: "rejected" };
}

async function holdSuppressed(tx: Tx, institutionId: string, decided: readonly Decided[], { suppressing }: Circumstances): Promise<void> {
  if (!suppressing) {
    return;
  }
  const hashesOf = ({ message, payload }: Wanted): string[] => {
    const type = contactPointType(message.type);
    return type ? suppressionHashes(institutionId, type, payload.to) : [];
  };
  const inForce = await suppressedHashes(tx, institutionId, wanted(decided).flatMap(hashesOf));
  for (const entry of wanted(decided)) {
    if (hashesOf(entry).some((hash) => inForce.has(hash))) {
      put(entry, { act: "end", state: "suppressed", reason: null });
    }
  }
}

function routeAll(decided: readonly Decided[], { senders }: Circumstances): void {
  for (const entry of wanted(decided)) {
    const routing = routeOf(entry.message, entry.payload.to, senders);
    switch (routing.by) {
      case "sender":
        put(entry, { act: "send", route: routing.route });
        break;
      case "system":
        break;
      case "wait":
        put(entry, { act: "wait", sec: about(HELD_LOOK_AGAIN_SEC), reason: "sender_waiting", senderId: routing.senderId });
        break;
      case "none":
        put(entry, { act: "end", state: routing.state, reason: routing.reason });
    }
  }
}

/** R72: more than that many to one contact point in a few seconds, and the rest wait their turn. */
function throttle(decided: readonly Decided[], { starts }: Circumstances): void {
  const { max, windowSec } = env().limits.messagesPerContactPoint;
  for (const entry of wanted(decided)) {
    const id = entry.message.contactPointId;
    if (!id) {
      continue;
    }
    const count = starts.get(id) ?? 0;
    if (count >= max) {
      put(entry, { act: "wait", sec: windowSec });
    } else {
      starts.set(id, count + 1);
    }
  }
}

/**
 * R49: a sender has its share of this worker; what it cannot begin soon goes back, and the others come through. What never
 * waits is let in where the sender is merely busy, and goes through the system's where it hangs.
 */
function fitIn(institutionId: string, decided: readonly Decided[], ask: AskRoom): void {
  for (const entry of wanted(decided)) {
    const { message, decision } = entry;
    const lane = laneOf(institutionId, message.type, decision.route);
    const urgent = neverWaits(message.kind) && decision.route !== null;
    const grant = lane === null ? "granted" : ask(lane, urgent);
    if (grant === "granted") {
      continue;
    }
    if (urgent) {
      put(entry, { act: "send", route: grant === "slow" ? null : decision.route });
      continue;
    }
    const sec = grant === "full" ? FULL_SEC : Math.min(SLOW_SEC.most, Math.max(SLOW_SEC.least, message.ageSec / 2));
    const senderId = decision.route?.senderId;
    put(entry, { act: "wait", sec: about(sec), reason: "sender_busy", ...(senderId ? { senderId } : {}) });
  }
}

/** Not all at the same moment. */
function about(sec: number): number {
  return (sec * randomInt(80, 121)) / 100;
}

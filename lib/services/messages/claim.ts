import { contactPointType } from "@/lib/channels/registry";
import { newId } from "@/lib/core/ids";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import type { Payload } from "@/lib/delivery/payload";
import { completeJobs, enqueueJobs, type Job } from "@/lib/delivery/queue";
import { env } from "@/lib/env";
import { auditAll } from "@/lib/services/audit/record";
import { type DueMessage, lockDueMessages, recentStarts, suppressedHashes } from "@/lib/services/messages/due";
import { judge, type Verdict } from "@/lib/services/messages/judge";
import { openPayload } from "@/lib/services/messages/open-payload";
import { suppressionHashes } from "@/lib/services/messages/suppression";
import { systemContext } from "@/lib/services/messages/system-context";

/** A message that this worker, and nobody else, may send and finish. */
export interface ClaimedMessage extends Omit<DueMessage, "payload"> {
  jobId: string;
  institutionId: string;
  fence: string;
  payload: Payload;
}

type End = { state: "expired" | "cancelled" | "unknown" | "suppressed" | "refused"; reason: string | null };
type Decision = Exclude<Verdict, { act: "end" }> | ({ act: "end" } & End);
interface Decided {
  job: Job;
  message: DueMessage | undefined;
  payload: Payload | null;
  decision: Decision;
}

/**
 * Takes the messages of these jobs, all of one institution, in one transaction. What is not to be sent
 * ends or waits in that same transaction, together with its job; the rest is returned, fenced (R69).
 */
export async function claimMessages(institutionId: string, jobs: readonly Job[]): Promise<ClaimedMessage[]> {
  return inInstitution(institutionId, async (tx) => {
    const due = await lockDueMessages(
      tx,
      institutionId,
      jobs.map((job) => job.messageId),
    );
    const decided = await decide(tx, institutionId, jobs, due);
    const fence = newId();
    const claimed = decided.flatMap(({ job, message, payload, decision }) => {
      return message && payload && decision.act === "send"
        ? [{ ...message, jobId: job.jobId, institutionId, fence, payload, attempt: message.attempt + 1 }]
        : [];
    });
    if (claimed.length > 0) {
      await tx.$executeRaw`
        UPDATE message SET state = 'sending', attempt = attempt + 1, fence = ${fence}::uuid, started_at = now(), not_before = NULL
         WHERE institution_id = ${institutionId}::uuid AND id = ANY(${claimed.map(({ id }) => id)}::uuid[])`;
    }
    await endAll(tx, institutionId, decided);
    await postpone(tx, institutionId, decided);
    await completeJobs(
      tx,
      decided.flatMap(({ job, decision }) => (decision.act === "send" ? [] : [job.jobId])),
    );
    return claimed;
  });
}

async function decide(tx: Tx, institutionId: string, jobs: readonly Job[], due: readonly DueMessage[]): Promise<Decided[]> {
  const messages = new Map(due.map((message) => [message.id, message]));
  const taken = new Set<string>();
  const decided: Decided[] = jobs.map((job) => {
    const message = messages.get(job.messageId);
    // a second job for one message has nothing left to do
    if (!message || taken.has(message.id)) {
      return { job, message, payload: null, decision: { act: "drop" } };
    }
    taken.add(message.id);
    const decision = judge(message);
    const payload = decision.act === "send" ? openPayload(institutionId, message.id, message.payload) : null;
    return { job, message, payload, decision: decision.act === "send" ? readable(message, payload) : decision };
  });
  await holdSuppressed(tx, institutionId, decided);
  await throttle(tx, institutionId, decided);
  return decided;
}

function readable(message: DueMessage, payload: Payload | null): Decision {
  if (!payload) {
    return { act: "end", state: "refused", reason: "unreadable" };
  }
  return contactPointType(message.type) ? { act: "send" } : { act: "end", state: "refused", reason: "rejected" };
}

async function holdSuppressed(tx: Tx, institutionId: string, decided: readonly Decided[]): Promise<void> {
  const hashesOf = ({ message, payload }: Decided): string[] => {
    const type = message && contactPointType(message.type);
    return type && payload ? suppressionHashes(institutionId, type, payload.to) : [];
  };
  const inForce = await suppressedHashes(tx, institutionId, () => decided.flatMap(hashesOf));
  if (inForce.size === 0) {
    return;
  }
  for (const entry of decided) {
    if (entry.decision.act === "send" && hashesOf(entry).some((hash) => inForce.has(hash))) {
      entry.decision = { act: "end", state: "suppressed", reason: null };
    }
  }
}

/** R72: more than that many to one contact point in a few seconds, and the rest wait their turn. */
async function throttle(tx: Tx, institutionId: string, decided: readonly Decided[]): Promise<void> {
  const { max, windowSec } = env().limits.messagesPerContactPoint;
  const sending = decided.filter(({ decision }) => decision.act === "send");
  const ids = [...new Set(sending.flatMap(({ message }) => message?.contactPointId ?? []))];
  const starts = await recentStarts(tx, institutionId, ids, windowSec);
  for (const entry of sending) {
    const id = entry.message?.contactPointId;
    if (!id) {
      continue;
    }
    const count = starts.get(id) ?? 0;
    if (count >= max) {
      entry.decision = { act: "wait", sec: windowSec };
    } else {
      starts.set(id, count + 1);
    }
  }
}

async function endAll(tx: Tx, institutionId: string, decided: readonly Decided[]): Promise<void> {
  const ends = decided.flatMap(({ message, decision }) => (message && decision.act === "end" ? [{ message, ...decision }] : []));
  if (ends.length === 0) {
    return;
  }
  await tx.$executeRaw`
    UPDATE message m SET state = e.state, reason = e.reason, payload = NULL, fence = NULL, finished_at = now()
      FROM unnest(${ends.map(({ message }) => message.id)}::uuid[], ${ends.map(({ state }) => state)}::text[],
                  ${ends.map(({ reason }) => reason)}::text[]) AS e(id, state, reason)
     WHERE m.institution_id = ${institutionId}::uuid AND m.id = e.id`;
  const unreadable = ends.filter(({ reason }) => reason === "unreadable");
  await auditAll(
    tx,
    institutionId,
    systemContext(),
    unreadable.map(({ message }) => ({
      action: "crypt_decrypt_fail",
      object: { type: "message", id: message.id },
      subscriberId: message.subscriberId,
      outcome: "failed",
    })),
  );
}

/** A waiting message gets a new job, and its row says so: the job that it had is then of no use to anybody. */
async function postpone(tx: Tx, institutionId: string, decided: readonly Decided[]): Promise<void> {
  const later = decided.flatMap(({ message, decision }) => (message && decision.act === "wait" ? [{ message, sec: decision.sec }] : []));
  if (later.length === 0) {
    return;
  }
  await tx.$executeRaw`
    UPDATE message m SET not_before = now() + make_interval(secs => l.sec)
      FROM unnest(${later.map(({ message }) => message.id)}::uuid[], ${later.map(({ sec }) => sec)}::float8[]) AS l(id, sec)
     WHERE m.institution_id = ${institutionId}::uuid AND m.id = l.id AND m.state = 'queued'`;
  await enqueueJobs(
    tx,
    later.map(({ message, sec }) => ({ institutionId, messageId: message.id, priority: message.priority, startAfterSec: sec })),
  );
}

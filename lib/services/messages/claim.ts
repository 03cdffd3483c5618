import { newId } from "@/lib/core/ids";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import type { LaneOf } from "@/lib/delivery/lanes";
import type { Payload } from "@/lib/delivery/payload";
import { completeJobs, type Job } from "@/lib/delivery/queue";
import type { AskRoom } from "@/lib/delivery/worker";
import { auditAll } from "@/lib/services/audit/record";
import { decide, ROOM_FOR_ALL } from "@/lib/services/messages/decide";
import { type Decided, wanted } from "@/lib/services/messages/decision";
import { type DueMessage, lockDueMessages } from "@/lib/services/messages/due";
import { postpone } from "@/lib/services/messages/postpone";
import { laneOf, type Route } from "@/lib/services/messages/route";
import { systemContext } from "@/lib/services/messages/system-context";

/** A message that this worker, and nobody else, may send and finish. */
export interface ClaimedMessage extends Omit<DueMessage, "payload"> {
  jobId: string;
  institutionId: string;
  fence: string;
  payload: Payload;
  /** The sender's configuration that it goes out through; null: the system's own. */
  route: Route | null;
  lane: LaneOf | null;
}

/**
 * Takes the messages of these jobs, all of one institution, in one transaction. What is not to be sent
 * ends or waits in that same transaction, together with its job; the rest is returned, fenced (R69).
 */
export async function claimMessages(institutionId: string, jobs: readonly Job[], ask: AskRoom = ROOM_FOR_ALL): Promise<ClaimedMessage[]> {
  return inInstitution(institutionId, async (tx) => {
    const due = await lockDueMessages(
      tx,
      institutionId,
      jobs.map((job) => job.messageId),
    );
    const decided = await decide(tx, institutionId, jobs, due, ask);
    const fence = newId();
    const claimed = wanted(decided).map(({ job, message, payload, decision: { route } }) => {
      const lane = laneOf(institutionId, message.type, route);
      return { ...message, jobId: job.jobId, institutionId, fence, payload, attempt: message.attempt + 1, route, lane };
    });
    if (claimed.length > 0) {
      await tx.$executeRaw`
        UPDATE message m SET state = 'sending', attempt = attempt + 1, fence = ${fence}::uuid, started_at = now(), not_before = NULL,
               sender_id = c.sender_id
          FROM unnest(${claimed.map(({ id }) => id)}::uuid[], ${claimed.map(({ route }) => route?.senderId ?? null)}::uuid[]) AS c(id, sender_id)
         WHERE m.institution_id = ${institutionId}::uuid AND m.id = c.id`;
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

import type { Tx } from "@/lib/db/unit-of-work";
import { enqueueJobs } from "@/lib/delivery/queue";
import type { Decided } from "@/lib/services/messages/decision";
import { groupOf } from "@/lib/services/messages/route";

/** A waiting message gets a new job, and its row says so: the job that it had is then of no use to anybody. */
export async function postpone(tx: Tx, institutionId: string, decided: readonly Decided[]): Promise<void> {
  const later = decided.flatMap(({ message, decision }) => (message && decision.act === "wait" ? [{ message, ...decision }] : []));
  if (later.length === 0) {
    return;
  }
  // what is doubted stays doubted: a second copy is all that there may be (R70)
  await tx.$executeRaw`
    UPDATE message m SET not_before = now() + make_interval(secs => l.sec),
           reason = CASE WHEN m.reason = 'unknown_outcome' THEN m.reason WHEN l.reason = 'sender_waiting' THEN l.reason
                         ELSE coalesce(m.reason, l.reason) END,
           sender_id = coalesce(l.sender_id, m.sender_id)
      FROM unnest(${later.map(({ message }) => message.id)}::uuid[], ${later.map(({ sec }) => sec)}::float8[],
                  ${later.map(({ reason }) => reason ?? null)}::text[], ${later.map(({ senderId }) => senderId ?? null)}::uuid[])
           AS l(id, sec, reason, sender_id)
     WHERE m.institution_id = ${institutionId}::uuid AND m.id = l.id AND m.state = 'queued'`;
  await enqueueJobs(
    tx,
    later.map(({ message, sec }) => {
      const { id: messageId, priority } = message;
      return { institutionId, messageId, priority, startAfterSec: sec, group: groupOf(institutionId, message) };
    }),
  );
  await noteHeld(tx, institutionId, [
    ...new Set(later.flatMap(({ reason, senderId }) => (reason === "sender_waiting" && senderId ? [senderId] : []))),
  ]);
}

/**
 * Written each time, also where it stands already: whoever wakes the messages of such a sender has its row locked
 * meanwhile, so that what is held here is either woken with the others or noted anew.
 */
async function noteHeld(tx: Tx, institutionId: string, senderIds: readonly string[]): Promise<void> {
  if (senderIds.length > 0) {
    await tx.$executeRaw`
      UPDATE sender SET held_since = coalesce(held_since, now())
       WHERE institution_id = ${institutionId}::uuid AND id IN (
             SELECT id FROM sender WHERE institution_id = ${institutionId}::uuid AND id = ANY(${senderIds}::uuid[])
              ORDER BY id FOR NO KEY UPDATE)`;
  }
}

import { logger } from "@/lib/core/logger";
import { prisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { enqueueJobs } from "@/lib/delivery/queue";
import { groupOf } from "@/lib/services/messages/route";

const SENDERS_AT_ONCE = 100;
const MESSAGES_AT_ONCE = 1_000;
const LOOK_EVERY_MS = 1_000;

/** Lets go on what waits for a sender that can send again, or that is no longer what it waits for (R49). Returns how many. */
export async function wakeHeld(): Promise<number> {
  const due = await prisma().$queryRaw<Array<{ institution_id: string; id: string }>>`
    SELECT institution_id, id FROM senders_to_wake(${SENDERS_AT_ONCE}::int)`;
  let total = 0;
  for (const { institution_id: institutionId, id } of due) {
    for (let woken = MESSAGES_AT_ONCE; woken === MESSAGES_AT_ONCE; total += woken) {
      woken = await wakeSome(institutionId, id);
    }
  }
  return total;
}

/**
 * Whoever holds a message back meanwhile has it locked, and waits with its note for this sender's row: what is passed
 * over here is noted anew, and comes with the next look. What a greylist holds back, and what backs off, keeps its time.
 */
async function wakeSome(institutionId: string, senderId: string): Promise<number> {
  return inInstitution(institutionId, async (tx) => {
    await tx.$executeRaw`
      UPDATE sender SET held_since = NULL WHERE institution_id = ${institutionId}::uuid AND id = ${senderId}::uuid`;
    // no message lives longer than a day
    const messages = await tx.$queryRaw<Array<{ id: string; priority: number; kind: string; type: string }>>`
      WITH held AS (
        SELECT id FROM message
         WHERE institution_id = ${institutionId}::uuid AND sender_id = ${senderId}::uuid AND created_at > now() - interval '2 days'
           AND state = 'queued' AND not_before > now() + interval '1 second'
           AND reason IN ('sender_waiting', 'auth_failed', 'sender_rejected', 'unknown_outcome')
         ORDER BY created_at LIMIT ${MESSAGES_AT_ONCE} FOR UPDATE SKIP LOCKED)
      UPDATE message m SET not_before = NULL, reason = nullif(m.reason, 'sender_waiting') FROM held
       WHERE m.institution_id = ${institutionId}::uuid AND m.id = held.id
      RETURNING m.id, m.priority, m.kind, m.type`;
    await enqueueJobs(
      tx,
      messages.map(({ id: messageId, priority, kind, type }) => ({
        institutionId,
        messageId,
        priority,
        group: groupOf(institutionId, { kind, type }),
      })),
    );
    return messages.length;
  });
}

/** Once a second from now on; any number of workers may. */
export function startWaking(everyMs = LOOK_EVERY_MS): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  const tick = () => {
    running ??= wakeHeld()
      .then(
        (woken) => void (woken > 0 && logger.info({ woken }, "waiting messages go on")),
        (error: unknown) => logger.error({ err: error }, "waiting messages could not be woken"),
      )
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(tick, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

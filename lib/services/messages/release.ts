import { inInstitution } from "@/lib/db/unit-of-work";
import { completeJobs, enqueueJobs } from "@/lib/delivery/queue";
import type { ClaimedMessage } from "@/lib/services/messages/claim";
import { groupOf } from "@/lib/services/messages/route";

/** Gives back what was claimed and not begun: it never was an attempt (R74). */
export async function releaseMessages(institutionId: string, messages: readonly ClaimedMessage[]): Promise<void> {
  await inInstitution(institutionId, async (tx) => {
    const rows = await tx.$queryRaw<Array<{ id: string }>>`
      UPDATE message m SET state = 'queued', attempt = m.attempt - 1, fence = NULL, started_at = NULL
        FROM unnest(${messages.map(({ id }) => id)}::uuid[], ${messages.map(({ fence }) => fence)}::uuid[]) AS r(id, fence)
       WHERE m.institution_id = ${institutionId}::uuid AND m.id = r.id AND m.fence = r.fence AND m.state = 'sending'
      RETURNING m.id`;
    const back = new Set(rows.map(({ id }) => id));
    const ours = messages.filter(({ id }) => back.has(id));
    await completeJobs(
      tx,
      ours.map(({ jobId }) => jobId),
    );
    await enqueueJobs(
      tx,
      ours.map(({ id: messageId, priority, kind, type }) => ({
        institutionId,
        messageId,
        priority,
        group: groupOf(institutionId, { kind, type }),
      })),
    );
  });
}

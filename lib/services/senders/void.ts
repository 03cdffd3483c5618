import type { Tx } from "@/lib/db/unit-of-work";

/** Ends the open challenges of senders, and what was queued for them (R10, R11). */
export async function voidSenderVerifications(tx: Tx, institutionId: string, senderIds: readonly string[]): Promise<void> {
  const ended = await tx.$queryRaw<Array<{ messageId: string | null }>>`
    UPDATE sender_verification SET voided_at = now()
     WHERE institution_id = ${institutionId}::uuid AND sender_id = ANY(${senderIds}::uuid[]) AND consumed_at IS NULL AND voided_at IS NULL
    RETURNING message_id AS "messageId"`;
  const messages = ended.flatMap(({ messageId }) => (messageId === null ? [] : [messageId]));
  if (messages.length > 0) {
    await tx.$executeRaw`
      UPDATE message SET state = 'cancelled', payload = NULL, finished_at = now()
       WHERE institution_id = ${institutionId}::uuid AND id = ANY(${messages}::uuid[]) AND state = 'queued'`;
  }
}

import { newId } from "@/lib/core/ids";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { completeJobs, enqueueJobs, type NewJob } from "@/lib/delivery/queue";
import { auditAll } from "@/lib/services/audit/record";
import type { ClaimedMessage } from "@/lib/services/messages/claim";
import type { Attempt } from "@/lib/services/messages/deliver";
import { groupOf } from "@/lib/services/messages/route";
import { noteHealth } from "@/lib/services/messages/sender-health";
import { type Settled, settle } from "@/lib/services/messages/settle";
import { systemContext } from "@/lib/services/messages/system-context";
import { countTexts } from "@/lib/services/sms-spending/count-texts";

interface Finished extends Attempt {
  settled: Settled;
}

/** A code by text lives ten minutes; one that comes late only confuses (R71). */
const TEXT_RETRY_WINDOW = Prisma.sql`interval '5 minutes'`;

/**
 * Writes down what became of these attempts, all of one institution, in one transaction. An attempt whose message
 * somebody else has taken over meanwhile is lost and leaves nothing (R69). Returns the ids that were written.
 */
export async function finishMessages(institutionId: string, attempts: readonly Attempt[]): Promise<Set<string>> {
  const all = attempts.map((attempt) => ({ ...attempt, settled: settle(attempt.message, attempt.result) }));
  return inInstitution(institutionId, async (tx) => {
    const bounced = all.filter(isBounce);
    await lockContactPoints(tx, institutionId, bounced);
    const states = await writeStates(tx, institutionId, all);
    const ours = all.filter(({ message }) => states.has(message.id));
    await markUndeliverable(
      tx,
      institutionId,
      bounced.filter(({ message }) => states.has(message.id)),
    );
    const sent = ours.filter(({ settled }) => settled.state === "sent");
    await writeInbox(tx, institutionId, sent);
    await auditSent(tx, institutionId, sent);
    await completeJobs(
      tx,
      ours.map(({ message }) => message.jobId),
    );
    await enqueueJobs(
      tx,
      ours.flatMap(({ message, settled }) => {
        return states.get(message.id) === "queued" && settled.retryInSec !== null ? [toJob(message, settled.retryInSec)] : [];
      }),
    );
    const texts = ours.filter(({ message }) => message.type === "sms");
    await countTexts(
      tx,
      institutionId,
      texts.map(({ message }) => message.id),
    );
    // last, so that the one row that all messages of a sender share is locked for as short as can be
    await noteHealth(tx, institutionId, ours);
    return new Set(states.keys());
  });
}

function toJob({ institutionId, id: messageId, kind, type, priority }: ClaimedMessage, startAfterSec: number): NewJob {
  return { institutionId, messageId, priority, startAfterSec, group: groupOf(institutionId, { kind, type }) };
}

/** Whether a retry still lies within the message's time is for the database's clock to say. */
async function writeStates(tx: Tx, institutionId: string, all: readonly Finished[]): Promise<Map<string, string>> {
  const again = Prisma.sql`(f.delay IS NOT NULL AND now() + make_interval(secs => f.delay)
    < coalesce(least(m.expires_at, CASE WHEN m.type = 'sms' THEN m.created_at + ${TEXT_RETRY_WINDOW} END), 'infinity'))`;
  const rows = await tx.$queryRaw<Array<{ id: string; state: string }>>`
    UPDATE message m SET
           state = CASE WHEN ${again} THEN 'queued' ELSE f.state END,
           payload = CASE WHEN ${again} THEN m.payload END,
           not_before = CASE WHEN ${again} THEN now() + make_interval(secs => f.delay) END,
           finished_at = CASE WHEN ${again} THEN NULL ELSE now() END,
           reason = f.reason, reply = f.reply, fence = NULL
      FROM unnest(${all.map(({ message }) => message.id)}::uuid[], ${all.map(({ message }) => message.fence)}::uuid[],
                  ${all.map(({ settled }) => settled.state)}::text[], ${all.map(({ settled }) => settled.reason)}::text[],
                  ${all.map(({ settled }) => settled.reply)}::text[], ${all.map(({ settled }) => settled.retryInSec)}::float8[])
           AS f(id, fence, state, reason, reply, delay)
     WHERE m.institution_id = ${institutionId}::uuid AND m.id = f.id AND m.fence = f.fence AND m.state = 'sending'
    RETURNING m.id, m.state`;
  return new Map(rows.map(({ id, state }) => [id, state]));
}

function isBounce({ message, result }: Attempt): boolean {
  return result.outcome === "refused" && result.reason === "recipient_rejected" && message.contactPointId !== null;
}

/** Before the messages, in the order of every verb. */
async function lockContactPoints(tx: Tx, institutionId: string, bounced: readonly Finished[]): Promise<void> {
  if (bounced.length > 0) {
    await tx.$queryRaw`
      SELECT id FROM contact_point
       WHERE institution_id = ${institutionId}::uuid AND id = ANY(${bounced.flatMap(({ message }) => message.contactPointId ?? [])}::uuid[])
       ORDER BY id FOR NO KEY UPDATE`;
  }
}

/** Only the address that was refused: a pending one that bounces says nothing about the live one. */
async function markUndeliverable(tx: Tx, institutionId: string, bounced: readonly Finished[]): Promise<void> {
  if (bounced.length === 0) {
    return;
  }
  const rows = await tx.$queryRaw<Array<{ id: string; subscriber_id: string; masked: string }>>`
    UPDATE contact_point c SET undeliverable_at = now(), undeliverable_reason = b.reason, updated_at = now()
      FROM unnest(${bounced.map(({ message }) => message.contactPointId)}::uuid[], ${bounced.map(({ message }) => message.addressVersion)}::int[],
                  ${bounced.map(({ settled }) => settled.reason)}::text[], ${bounced.map(({ message }) => message.maskedAddress)}::text[])
           AS b(id, version, reason, masked)
     WHERE c.institution_id = ${institutionId}::uuid AND c.id = b.id AND c.address_version = b.version
       AND c.undeliverable_at IS NULL AND c.deleted_at IS NULL
    RETURNING c.id, c.subscriber_id, b.masked`;
  await auditAll(
    tx,
    institutionId,
    systemContext(),
    rows.map((row) => ({
      action: "contact_point.undeliverable",
      object: { type: "contact_point", id: row.id },
      subscriberId: row.subscriber_id,
      after: { address: row.masked, reason: "recipient_rejected" },
    })),
  );
}

/** By the message's row as it is now: whoever it was for may have been deleted since. */
async function writeInbox(tx: Tx, institutionId: string, sent: readonly Finished[]): Promise<void> {
  const lines = sent.flatMap(({ message, lines: own }) => own.map((line) => ({ messageId: message.id, ...line })));
  if (lines.length > 0) {
    await tx.$executeRaw`
      INSERT INTO inbox_item (institution_id, id, subscriber_id, kind, data, contact_point_id, verification_id)
      SELECT m.institution_id, l.id, m.subscriber_id, l.kind, l.data, m.contact_point_id, l.verification_id
        FROM unnest(${lines.map(() => newId())}::uuid[], ${lines.map(({ messageId }) => messageId)}::uuid[],
                    ${lines.map(({ kind }) => kind)}::text[], ${lines.map(({ data }) => JSON.stringify(data))}::jsonb[],
                    ${lines.map(({ verificationId }) => verificationId)}::uuid[]) AS l(id, message_id, kind, data, verification_id)
        JOIN message m ON m.institution_id = ${institutionId}::uuid AND m.id = l.message_id
       WHERE m.subscriber_id IS NOT NULL`;
  }
}

async function auditSent(tx: Tx, institutionId: string, sent: readonly Finished[]): Promise<void> {
  const verifications = sent.filter(({ message }) => message.kind === "verification");
  await auditAll(
    tx,
    institutionId,
    systemContext(),
    verifications.map(({ message }) => ({
      action: "contact_point.verify_sent",
      object: { type: "contact_point", id: message.contactPointId },
      subscriberId: message.subscriberId,
      after: { address: message.maskedAddress, attempt: message.attempt },
    })),
  );
}

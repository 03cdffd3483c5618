import type { Tx } from "@/lib/db/unit-of-work";
import { BUSY_SEC, type Candidate, type Standing } from "@/lib/services/messages/judge";

/** A message whose job has come, locked until the transaction ends. */
export interface DueMessage extends Candidate {
  id: string;
  contactPointId: string | null;
  subscriberId: string | null;
  verificationId: string | null;
  /** The sender of the last attempt, or the one that it has to go through or waits for. */
  senderId: string | null;
  maskedAddress: string;
  payload: string | null;
  locale: string;
  priority: number;
  attempt: number;
  reason: string | null;
  reference: string;
  ageSec: number;
}

interface Row extends Omit<DueMessage, "contactPoint">, Omit<Standing, "addressVersion"> {
  cpId: string | null;
  cpAddressVersion: number;
}

/**
 * Locks the contact points first and the messages after them, as every verb does. Whoever switches one off
 * afterwards waits for this transaction; whoever did before is seen by it (R18).
 */
export async function lockDueMessages(tx: Tx, institutionId: string, ids: readonly string[]): Promise<DueMessage[]> {
  await tx.$queryRaw`
    SELECT id FROM contact_point
     WHERE institution_id = ${institutionId}::uuid
       AND id IN (SELECT contact_point_id FROM message WHERE institution_id = ${institutionId}::uuid AND id = ANY(${ids}::uuid[]))
     ORDER BY id FOR NO KEY UPDATE`;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT m.id, m.kind, m.type, m.state, m.attempt, m.reason, m.payload, m.locale, m.priority, m.reference,
           m.masked_address AS "maskedAddress", m.contact_point_id AS "contactPointId", m.address_version AS "addressVersion",
           m.subscriber_id AS "subscriberId", m.verification_id AS "verificationId", m.sender_id AS "senderId",
           extract(epoch FROM now() - m.created_at)::float8 AS "ageSec",
           coalesce(m.expires_at <= now(), false) AS expired,
           coalesce(m.not_before > now() + interval '1 second', false) AS early,
           coalesce(m.state = 'sending' AND m.started_at > now() - make_interval(secs => ${BUSY_SEC}), false) AS busy,
           CASE WHEN v.id IS NOT NULL THEN v.consumed_at IS NULL AND v.voided_at IS NULL AND v.expires_at > now()
                     AND v.address_version = m.address_version END AS "challengeIsLive",
           c.id AS "cpId", c.address_version AS "cpAddressVersion", c.pending_address_version AS "pendingAddressVersion",
           c.verified_at IS NOT NULL AS verified, c.enabled, coalesce(c.paused_until > now(), false) AS paused,
           c.undeliverable_at IS NOT NULL AS undeliverable, c.locked_at IS NOT NULL AS locked, c.deleted_at IS NOT NULL AS deleted
      FROM message m
      LEFT JOIN contact_point c ON c.institution_id = m.institution_id AND c.id = m.contact_point_id
      LEFT JOIN verification v ON v.institution_id = m.institution_id AND v.id = m.verification_id
     WHERE m.institution_id = ${institutionId}::uuid AND m.id = ANY(${ids}::uuid[])
     ORDER BY m.id FOR UPDATE OF m`;
  return rows.map(toDueMessage);
}

function toDueMessage({
  cpId,
  cpAddressVersion,
  pendingAddressVersion,
  verified,
  enabled,
  paused,
  undeliverable,
  locked,
  deleted,
  ...message
}: Row): DueMessage {
  const contactPoint = cpId
    ? { addressVersion: cpAddressVersion, pendingAddressVersion, verified, enabled, paused, undeliverable, locked, deleted }
    : null;
  return { ...message, contactPoint };
}

/** Which of these suppression hashes are in force (R15). */
export async function suppressedHashes(tx: Tx, institutionId: string, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<Array<{ hash: string }>>`
    SELECT address_hash AS hash FROM suppression
     WHERE institution_id = ${institutionId}::uuid AND address_hash = ANY(${hashes}::text[]) AND until > now()`;
  return new Set(rows.map(({ hash }) => hash));
}

import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";

/** A sender as the claim finds it; every time is judged by the database. */
export interface SenderStanding {
  id: string;
  type: string;
  isDefault: boolean;
  state: string;
  revision: number;
  provenRevision: number | null;
  circuitOpen: boolean;
  failureRun: number;
  ratePerMinute: number | null;
  /** Which of the numbers asked about said STOP to it, or to another sender of the same number: to them it is one. */
  optedOut: string[];
}

export interface Circumstances {
  /** Whether the institution suppresses any address at all (R15). */
  suppressing: boolean;
  /** Messages started for each contact point within the window of R72. */
  starts: Map<string, number>;
  senders: SenderStanding[];
}

export interface AskedAbout {
  contactPointIds: readonly string[];
  /** Senders that messages have to go through; defaults come by themselves. */
  senderIds: readonly string[];
  numbers: readonly string[];
}

interface Row {
  suppressing: boolean;
  starts: Record<string, number> | null;
  senders: SenderStanding[] | null;
}

/** All that a batch of messages has to be judged by beside their own rows, in one statement. */
export async function circumstancesOf(tx: Tx, institutionId: string, asked: AskedAbout): Promise<Circumstances> {
  // no message lives longer than a day
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT EXISTS (SELECT 1 FROM suppression WHERE institution_id = ${institutionId}::uuid AND until > now()) AS suppressing,
           (SELECT json_object_agg(t.id, t.starts) FROM (
              SELECT contact_point_id AS id, count(*) AS starts FROM message
               WHERE institution_id = ${institutionId}::uuid AND contact_point_id = ANY(${asked.contactPointIds}::uuid[])
                 AND created_at > now() - interval '2 days'
                 AND started_at > now() - make_interval(secs => ${env().limits.messagesPerContactPoint.windowSec})
               GROUP BY contact_point_id) t) AS starts,
           (SELECT json_agg(json_build_object(
                     'id', s.id, 'type', s.type, 'isDefault', s.is_default, 'state', s.state,
                     'revision', s.revision, 'provenRevision', s.proven_revision, 'failureRun', s.failure_run,
                     'circuitOpen', coalesce(s.circuit_open_until > now(), false), 'ratePerMinute', s.rate_per_minute,
                     'optedOut', CASE WHEN s.type = 'sms' THEN ARRAY(
                        SELECT o.number FROM sms_opt_out o JOIN sender f ON f.institution_id = o.institution_id AND f.id = o.sender_id
                         WHERE o.institution_id = s.institution_id AND o.number = ANY(${asked.numbers}::text[])
                           AND (f.id = s.id OR f.from_number = s.from_number)) ELSE '{}'::text[] END))
              FROM sender s
             WHERE s.institution_id = ${institutionId}::uuid AND (s.is_default OR s.id = ANY(${asked.senderIds}::uuid[]))) AS senders`;
  return {
    suppressing: row?.suppressing ?? false,
    starts: new Map(Object.entries(row?.starts ?? {})),
    senders: row?.senders ?? [],
  };
}

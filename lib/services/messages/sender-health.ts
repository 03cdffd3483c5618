import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import type { SenderFailure } from "@/lib/delivery/payload";
import { printable } from "@/lib/delivery/result";
import type { Attempt } from "@/lib/services/messages/deliver";
import { isCircuitFault } from "@/lib/services/messages/sender-faults";
import { tellSenderFailed } from "@/lib/services/notices/sender-failed";

/** R49: what opens a circuit, for how long, and how many of them within an hour stop a sender. */
const FAULTS_TO_OPEN = 5;
const OPEN_SEC = 60;
const OPENINGS_TO_STOP = 3;

/** What a batch of attempts says of one sender. */
interface Tally {
  senderId: string;
  revision: number;
  sent: number;
  failed: number;
  /** Whether any of them got an answer beyond the greeting and the account. */
  reached: boolean;
  /** Faults in a row, up to the last attempt. */
  tail: number;
  lastReason: string | null;
  lastReply: string | null;
  stop: SenderFailure | null;
}

/** Which of them go out by settings that nobody has proven says nothing of those that are in use. */
export async function noteHealth(tx: Tx, institutionId: string, attempts: readonly Attempt[]): Promise<void> {
  const tallies = tallyUp(attempts);
  if (tallies.length === 0) {
    return;
  }
  const stopped = await write(tx, institutionId, tallies);
  for (const sender of stopped) {
    await tellSenderFailed(tx, institutionId, sender);
  }
}

function tallyUp(attempts: readonly Attempt[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { message, result, unreadable } of attempts) {
    const { route } = message;
    if (route === null || (route.which === "current" && result.outcome !== "sent")) {
      continue;
    }
    const tally = tallies.get(route.senderId) ?? {
      senderId: route.senderId,
      revision: route.revision,
      sent: 0,
      failed: 0,
      reached: false,
      tail: 0,
      lastReason: null,
      lastReply: null,
      stop: null,
    };
    tallies.set(route.senderId, tally);
    if (result.outcome === "sent") {
      tally.sent += 1;
      [tally.reached, tally.tail] = [true, 0];
      continue;
    }
    tally.failed += 1;
    const fault = unreadable === true || isCircuitFault(result.reason);
    if (fault) {
      tally.tail += 1;
    } else if (result.outcome !== "unknown") {
      [tally.reached, tally.tail] = [true, 0];
    }
    // an address that is wrong is not the sender's failure
    if (result.reason !== "recipient_rejected") {
      tally.lastReason = unreadable === true ? "unreadable" : result.reason;
      tally.lastReply = result.reply === undefined ? null : printable(result.reply);
    }
    if (unreadable === true) {
      tally.stop = "unreadable";
    } else if (result.outcome === "refused" && result.reason === "auth_failed") {
      tally.stop = "auth_failed";
    }
  }
  return [...tallies.values()];
}

export interface StoppedSender {
  id: string;
  name: string;
  reason: SenderFailure;
  reply: string | null;
}

/**
 * One statement for all senders of a batch: the run of faults, the circuit, the stop, and the day. Failures of other
 * settings than those in use now, and of a sender that is off already, change neither circuit nor state.
 */
async function write(tx: Tx, institutionId: string, tallies: readonly Tally[]): Promise<StoppedSender[]> {
  const column = <Key extends keyof Tally>(key: Key) => tallies.map((tally) => tally[key]);
  const inUse = Prisma.sql`(t.revision = s.proven_revision AND s.state IN ('active', 'pending'))`;
  const start = Prisma.sql`(CASE WHEN t.reached THEN 0 ELSE s.failure_run END)`;
  // Every so many in a row; what was under way while it is open does not open it again.
  const opens = Prisma.sql`(${inUse} AND t.tail > 0 AND coalesce(s.circuit_open_until <= now(), true)
    AND (${start} + t.tail) / ${FAULTS_TO_OPEN}::int > ${start} / ${FAULTS_TO_OPEN}::int)`;
  const lately = Prisma.sql`ARRAY(SELECT o FROM unnest(s.circuit_opened_at) o WHERE o > now() - interval '1 hour')`;
  const stop = Prisma.sql`(CASE WHEN NOT coalesce(${inUse}, false) THEN NULL WHEN t.stop IS NOT NULL THEN t.stop
    WHEN ${opens} AND cardinality(${lately}) + 1 >= ${OPENINGS_TO_STOP}::int THEN 'unreachable' END)`;
  return tx.$queryRaw<StoppedSender[]>`
    WITH t AS (
      SELECT * FROM unnest(${column("senderId")}::uuid[], ${column("revision")}::int[], ${column("sent")}::int[], ${column("failed")}::int[],
                           ${column("reached")}::boolean[], ${column("tail")}::int[], ${column("lastReason")}::text[],
                           ${column("lastReply")}::text[], ${column("stop")}::text[])
                    AS t(id, revision, sent, failed, reached, tail, last_reason, last_reply, stop)),
    locked AS (
      SELECT id FROM sender WHERE institution_id = ${institutionId}::uuid AND id = ANY(${column("senderId")}::uuid[])
       ORDER BY id FOR NO KEY UPDATE),
    changed AS (
      UPDATE sender s SET
             failure_run = CASE WHEN t.revision = s.proven_revision THEN ${start} + t.tail ELSE s.failure_run END,
             circuit_open_until = CASE WHEN t.reached AND t.tail = 0 THEN NULL
                                       WHEN ${opens} THEN now() + make_interval(secs => ${OPEN_SEC}) ELSE s.circuit_open_until END,
             circuit_opened_at = CASE WHEN ${opens} THEN ${lately} || now() ELSE s.circuit_opened_at END,
             last_success_at = CASE WHEN t.sent > 0 THEN now() ELSE s.last_success_at END,
             last_failure_at = CASE WHEN t.last_reason IS NOT NULL THEN now() ELSE s.last_failure_at END,
             last_failure_reason = coalesce(t.last_reason, s.last_failure_reason),
             state = CASE WHEN ${stop} IS NOT NULL THEN 'error' ELSE s.state END,
             state_at = CASE WHEN ${stop} IS NOT NULL THEN now() ELSE s.state_at END,
             state_reason = coalesce(${stop}, s.state_reason),
             state_reply = CASE WHEN ${stop} IS NOT NULL THEN t.last_reply ELSE s.state_reply END
        FROM t JOIN locked USING (id)
       WHERE s.institution_id = ${institutionId}::uuid AND s.id = t.id
      RETURNING s.id, s.name, s.state_reason AS reason, s.state_reply AS reply,
                s.state = 'error' AND s.state_at = now()::timestamptz(3) AS "stoppedNow"),
    counted AS (
      INSERT INTO sender_day AS d (institution_id, sender_id, day, sent, failed)
      SELECT ${institutionId}::uuid, t.id, (now() AT TIME ZONE 'UTC')::date, t.sent, t.failed FROM t JOIN locked USING (id) ORDER BY t.id
      ON CONFLICT (institution_id, sender_id, day) DO UPDATE SET sent = d.sent + excluded.sent, failed = d.failed + excluded.failed)
    SELECT id, name, reason, reply FROM changed WHERE "stoppedNow"`;
}

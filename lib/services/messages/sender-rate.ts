import type { Tx } from "@/lib/db/unit-of-work";
import type { SenderStanding } from "@/lib/services/messages/circumstances";
import { type Decided, put, wanted } from "@/lib/services/messages/decision";

/**
 * R72: no sender has a limit unless its admin sets one: so many a minute, evenly, by all workers together. The sender's
 * row is the clock: whoever begins messages moves it on by their share of a minute.
 */
export async function takeTurns(
  tx: Tx,
  institutionId: string,
  decided: readonly Decided[],
  senders: readonly SenderStanding[],
): Promise<void> {
  // in one order, as the rows are locked
  for (const { id, ratePerMinute } of senders.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const mine = ratePerMinute === null ? [] : wanted(decided).filter(({ decision }) => decision.route?.senderId === id);
    if (ratePerMinute === null || mine.length === 0) {
      continue;
    }
    const { begins, nextInSec } = await take(tx, institutionId, id, mine.length, ratePerMinute);
    for (const [index, entry] of mine.slice(begins).entries()) {
      put(entry, { act: "wait", sec: nextInSec + (index * 60) / ratePerMinute, reason: "sender_busy", senderId: id });
    }
  }
}

async function take(
  tx: Tx,
  institutionId: string,
  senderId: string,
  asked: number,
  ratePerMinute: number,
): Promise<{ begins: number; nextInSec: number }> {
  // a second's worth at once, and still no more than the rate in any minute
  const burst = Math.max(1, Math.floor(ratePerMinute / 60));
  const everySec = 60 / (ratePerMinute - burst + 1);
  const [clock] = await tx.$queryRaw<Array<{ ahead: number }>>`
    SELECT greatest(0, coalesce(extract(epoch FROM rate_next_at - clock_timestamp()), 0))::float8 AS ahead
      FROM sender WHERE institution_id = ${institutionId}::uuid AND id = ${senderId}::uuid FOR NO KEY UPDATE`;
  const ahead = clock?.ahead ?? 0;
  const free = Math.max(0, Math.floor(burst - ahead / everySec + 1e-9));
  const begins = Math.min(asked, free);
  if (begins > 0) {
    await tx.$executeRaw`
      UPDATE sender SET rate_next_at = clock_timestamp() + make_interval(secs => ${ahead + begins * everySec})
       WHERE institution_id = ${institutionId}::uuid AND id = ${senderId}::uuid`;
  }
  const nextInSec = Math.max(0, ahead + begins * everySec - (burst - 1) * everySec);
  return { begins, nextInSec };
}

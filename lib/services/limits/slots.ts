import type { Rate } from "@/lib/core/limits";
import { outsideInstitutions } from "@/lib/db/unit-of-work";

/** One of a few places, taken until a time. */
export interface Slot {
  key: string;
  until: Date;
}

/**
 * Takes one of `max` places for `windowSec`, exactly and across all processes, in a short transaction of its own.
 * Each place is a row whose window is the time at which it is free again, so a crashed holder's ends by itself.
 * Returns the seconds until the next one is free when there is none.
 */
export async function takeSlot(key: string, { max, windowSec }: Rate): Promise<Slot | number> {
  return outsideInstitutions(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`;
    const [taken] = await tx.$queryRaw<Array<{ places: number; wait: number | null }>>`
      SELECT coalesce(sum(hits), 0)::int AS places, ceil(extract(epoch FROM min(win) - clock_timestamp()))::int AS wait
        FROM rate_bucket WHERE key = ${key} AND win > clock_timestamp()`;
    if (taken && taken.places >= max) {
      return Math.max(1, taken.wait ?? windowSec);
    }
    const [row] = await tx.$queryRaw<Array<{ until: Date }>>`
      INSERT INTO rate_bucket AS b (key, win, hits) VALUES (${key}, clock_timestamp() + make_interval(secs => ${windowSec}), 1)
      ON CONFLICT (key, win) DO UPDATE SET hits = b.hits + 1 RETURNING win AS until`;
    return { key, until: row?.until ?? new Date() };
  });
}

/** Gives a place back before its time. */
export async function freeSlot({ key, until }: Slot): Promise<void> {
  await outsideInstitutions(
    (tx) => tx.$executeRaw`UPDATE rate_bucket SET hits = hits - 1 WHERE key = ${key} AND win = ${until} AND hits > 0`,
  );
}

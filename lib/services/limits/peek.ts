import type { Rate } from "@/lib/core/limits";
import type { Tx } from "@/lib/db/unit-of-work";

/** How much of a limit is used up now, by the same reckoning as `hit`, without counting anything. */
export async function peek(tx: Tx, key: string, rate: Rate): Promise<number> {
  const interval = `${rate.windowSec} seconds`;
  const rows = await tx.$queryRaw<Array<{ hits: number; before: number; elapsed: number }>>`
    WITH clock AS (SELECT date_bin(${interval}::interval, now(), 'epoch') AS win)
    SELECT coalesce((SELECT b.hits FROM rate_bucket b WHERE b.key = ${key} AND b.win = clock.win), 0) AS hits,
           coalesce((SELECT b.hits FROM rate_bucket b WHERE b.key = ${key} AND b.win = clock.win - ${interval}::interval), 0) AS before,
           extract(epoch FROM now() - clock.win)::float8 AS elapsed
      FROM clock`;
  const row = rows[0];
  if (!row) {
    throw new Error("the limiter returned no row");
  }
  const carried = Math.min(row.before, rate.max) * (1 - row.elapsed / rate.windowSec);
  return Math.min(rate.max, row.hits + Math.floor(carried));
}

import { AppError } from "@/lib/core/errors";
import type { Rate } from "@/lib/core/limits";
import { prisma } from "@/lib/db/client";
import { endHeldUnit, type Tx } from "@/lib/db/unit-of-work";

export interface Hit {
  allowed: boolean;
  /** Seconds until the window that refused is over. */
  retryAfterSec: number;
}

/**
 * Counts one use of `key` and says whether it is within `rate`; its own statement, committed at once.
 * The window before weighs in by the share of it that still lies within the last `windowSec`, so that
 * no caller gets twice the limit across a window's edge. Storage trouble throws: sends fail closed (R35).
 * Within a transaction it counts what that transaction does, and nothing if it is rolled back.
 */
export async function hit(key: string, rate: Rate, tx?: Tx): Promise<Hit> {
  const interval = `${rate.windowSec} seconds`;
  if (tx === undefined) {
    await endHeldUnit();
  }
  const rows = await (tx ?? prisma()).$queryRaw<Array<{ hits: number; before: number; elapsed: number }>>`
    WITH clock AS (SELECT date_bin(${interval}::interval, now(), 'epoch') AS win),
    counted AS (
      INSERT INTO rate_bucket AS b (key, win, hits) SELECT ${key}, win, 1 FROM clock
      ON CONFLICT (key, win) DO UPDATE SET hits = b.hits + 1 RETURNING hits)
    SELECT counted.hits,
           coalesce((SELECT p.hits FROM rate_bucket p WHERE p.key = ${key} AND p.win = clock.win - ${interval}::interval), 0) AS before,
           extract(epoch FROM now() - clock.win)::float8 AS elapsed
      FROM counted, clock`;
  const row = rows[0];
  if (!row) {
    throw new Error("the limiter returned no row");
  }
  const carried = Math.min(row.before, rate.max) * (1 - row.elapsed / rate.windowSec);
  return {
    allowed: row.hits + Math.floor(carried) <= rate.max,
    retryAfterSec: Math.max(1, Math.ceil(rate.windowSec - row.elapsed)),
  };
}

/** `hit`, with a refusal thrown as `rate_limited`. `reason` is a key below `errors.reason`. */
export async function enforceLimit(key: string, rate: Rate, reason: string): Promise<void> {
  const { allowed, retryAfterSec } = await hit(key, rate);
  if (!allowed) {
    throw new AppError("rate_limited", { reason, retryAfterSec });
  }
}

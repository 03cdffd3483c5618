import type { Rate } from "@/lib/core/limits";
import { prisma } from "@/lib/db/client";

/** Takes one counted use back, for limits that count failures only. */
export async function refund(key: string, rate: Rate): Promise<void> {
  await prisma().$executeRaw`
    UPDATE rate_bucket SET hits = hits - 1
     WHERE key = ${key} AND win = date_bin(${`${rate.windowSec} seconds`}::interval, now(), 'epoch') AND hits > 0`;
}

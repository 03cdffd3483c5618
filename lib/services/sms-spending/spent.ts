import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";

/** The first day of the month by the database's clock, in UTC. */
export const THIS_MONTH = Prisma.sql`date_trunc('month', now() AT TIME ZONE 'UTC')::date`;

/** What this month's texts have cost, and what those will that wait to go out. One statement, so that none is missed or counted twice. */
export async function spentMicros(tx: Tx, institutionId: string): Promise<bigint> {
  const [row] = await tx.$queryRaw<Array<{ spent: bigint }>>`
    SELECT ((SELECT coalesce(sum(cost_micros), 0) FROM sms_day WHERE institution_id = ${institutionId}::uuid AND day >= ${THIS_MONTH})
          + (SELECT coalesce(sum(cost_micros), 0) FROM message
              WHERE institution_id = ${institutionId}::uuid AND cost_micros IS NOT NULL
                AND created_at > now() - interval '2 days' AND state IN ('queued', 'sending')))::bigint AS spent`;
  if (!row) {
    throw new Error("the spending returned no row");
  }
  return row.spent;
}

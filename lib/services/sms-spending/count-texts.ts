import type { Tx } from "@/lib/db/unit-of-work";
import { alertBudget } from "@/lib/services/sms-spending/alert-budget";
import { readPolicy } from "@/lib/services/sms-spending/policy";

/**
 * Adds those of these texts that have gone out to the day's figures, in the transaction that finished them. One whose
 * fate is unknown may have cost something, so it counts as sent.
 */
export async function countTexts(tx: Tx, institutionId: string, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) {
    return;
  }
  // the policy before the figures, as where a text is queued; the figures in one order: so nobody locks anybody out
  const policy = await readPolicy(tx, institutionId, { lock: true });
  await tx.$executeRaw`
    INSERT INTO sms_day AS d (institution_id, day, country, dial_code, sent, cost_micros)
    SELECT institution_id, (now() AT TIME ZONE 'UTC')::date, country, min(dial_code), count(*), sum(coalesce(cost_micros, 0)) FROM message
     WHERE institution_id = ${institutionId}::uuid AND id = ANY(${messageIds}::uuid[])
       AND country IS NOT NULL AND state IN ('sent', 'unknown')
     GROUP BY institution_id, country ORDER BY country
    ON CONFLICT (institution_id, day, country)
    DO UPDATE SET sent = d.sent + excluded.sent, cost_micros = d.cost_micros + excluded.cost_micros`;
  await alertBudget(tx, institutionId, policy);
}

/** Adds a proof by text to the figures of the day on which its code went out. */
export async function countProof(tx: Tx, institutionId: string, verificationId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO sms_day AS d (institution_id, day, country, dial_code, verified)
    SELECT m.institution_id, (coalesce(m.finished_at, now()) AT TIME ZONE 'UTC')::date, m.country, m.dial_code, 1
      FROM verification v JOIN message m ON m.institution_id = v.institution_id AND m.id = v.message_id
     WHERE v.institution_id = ${institutionId}::uuid AND v.id = ${verificationId}::uuid AND m.country IS NOT NULL
    ON CONFLICT (institution_id, day, country) DO UPDATE SET verified = d.verified + 1`;
}

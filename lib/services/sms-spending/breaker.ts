import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { systemContext } from "@/lib/services/messages/system-context";
import type { Refusal } from "@/lib/services/sms-spending/text-refused";

/**
 * R29: whether texts to this dial code pause, because hardly any of the last ones was proven. Each pause starts
 * the count anew: what went out before it has been judged.
 */
export async function breakerRefusal(tx: Tx, institutionId: string, dialCode: string): Promise<Refusal | null> {
  const { of, minPercent, pauseSec } = env().limits.textProofs;
  const [row] = await tx.$queryRaw<Array<{ wait: number | null; sends: number; proofs: number }>>`
    WITH breaker AS (
      SELECT open_until FROM sms_breaker WHERE institution_id = ${institutionId}::uuid AND dial_code = ${dialCode}),
    recent AS (
      SELECT verification_id FROM message
       WHERE institution_id = ${institutionId}::uuid AND dial_code = ${dialCode} AND kind = 'verification' AND state IN ('sent', 'unknown')
         AND created_at > coalesce((SELECT open_until FROM breaker), '-infinity')
       ORDER BY created_at DESC LIMIT ${of})
    SELECT (SELECT greatest(1, round(extract(epoch FROM open_until - now())))::int FROM breaker WHERE open_until > now()) AS wait,
           count(*)::int AS sends, count(v.consumed_at)::int AS proofs
      FROM recent LEFT JOIN verification v ON v.institution_id = ${institutionId}::uuid AND v.id = recent.verification_id`;
  if (!row) {
    throw new Error("the breaker returned no row");
  }
  if (row.wait !== null) {
    return { reason: "breaker", retryAfterSec: row.wait };
  }
  const tooFew = row.sends >= of && row.proofs * 100 < row.sends * minPercent;
  return tooFew ? { reason: "breaker", retryAfterSec: pauseSec, trips: true } : null;
}

/** Opens the breaker once, however many texts found it due at the same time. */
export async function tripBreaker(tx: Tx, institutionId: string, dialCode: string): Promise<void> {
  const opened = await tx.$queryRaw<Array<{ until: Date }>>`
    INSERT INTO sms_breaker AS b (institution_id, dial_code, open_until)
    VALUES (${institutionId}::uuid, ${dialCode}, now() + make_interval(secs => ${env().limits.textProofs.pauseSec}))
    ON CONFLICT (institution_id, dial_code) DO UPDATE SET open_until = excluded.open_until WHERE b.open_until <= now()
    RETURNING open_until AS until`;
  const [row] = opened;
  if (row) {
    await audit(tx, institutionId, systemContext(), {
      action: "sms_spending.paused",
      object: { type: "sms_spending", id: null },
      after: { dialCode: `+${dialCode}`, until: row.until.toISOString() },
    });
  }
}

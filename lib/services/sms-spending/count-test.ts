import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import type { AdmittedText } from "@/lib/services/sms-spending/admit-text";
import { alertBudget } from "@/lib/services/sms-spending/alert-budget";
import { readPolicy } from "@/lib/services/sms-spending/policy";

/** A text that no message row stands for, as it was added to a day's figures. */
export interface CountedTest {
  day: string;
  country: string;
  costMicros: bigint;
}

/** Adds a text that is about to be sent to the day's figures: what is spent is so before it is, or the budget would not hold. */
export async function countTest(tx: Tx, institutionId: string, { country, dialCode, costMicros }: AdmittedText): Promise<CountedTest> {
  const [row] = await tx.$queryRaw<Array<{ day: string }>>`
    INSERT INTO sms_day AS d (institution_id, day, country, dial_code, sent, cost_micros)
    VALUES (${institutionId}::uuid, (now() AT TIME ZONE 'UTC')::date, ${country}, ${dialCode}, 1, ${costMicros}::bigint)
    ON CONFLICT (institution_id, day, country) DO UPDATE SET sent = d.sent + 1, cost_micros = d.cost_micros + excluded.cost_micros
    RETURNING day::text`;
  if (!row) {
    throw new Error("the day's figures returned no row");
  }
  await alertBudget(tx, institutionId, await readPolicy(tx, institutionId));
  return { day: row.day, country, costMicros };
}

/** Takes one back that was not sent after all. */
export async function uncountTest(institutionId: string, { day, country, costMicros }: CountedTest): Promise<void> {
  await inInstitution(
    institutionId,
    (tx) => tx.$executeRaw`
      UPDATE sms_day SET sent = sent - 1, cost_micros = cost_micros - ${costMicros}::bigint
       WHERE institution_id = ${institutionId}::uuid AND day = ${day}::date AND country = ${country}`,
  );
}

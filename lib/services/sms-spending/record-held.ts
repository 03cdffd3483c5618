import type { Tx } from "@/lib/db/unit-of-work";
import { tripBreaker } from "@/lib/services/sms-spending/breaker";
import type { Destination } from "@/lib/services/sms-spending/destination";
import type { HeldReason, Refusal } from "@/lib/services/sms-spending/text-refused";

/** Adds one text that was held back, and why, to the day's figures. */
export async function recordHeld(tx: Tx, institutionId: string, to: Destination, reason: HeldReason): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO sms_day AS d (institution_id, day, country, dial_code, held, held_reasons)
    VALUES (${institutionId}::uuid, (now() AT TIME ZONE 'UTC')::date, ${to.country}, ${to.dialCode}, 1, jsonb_build_object(${reason}::text, 1))
    ON CONFLICT (institution_id, day, country) DO UPDATE
    SET held = d.held + 1,
        held_reasons = d.held_reasons || jsonb_build_object(${reason}::text, coalesce((d.held_reasons ->> ${reason}::text)::int, 0) + 1)`;
}

/** What a held text leaves behind: its figure, and the pause that it began (R29). */
export async function recordRefusal(tx: Tx, institutionId: string, to: Destination, refusal: Refusal): Promise<void> {
  if (refusal.trips) {
    await tripBreaker(tx, institutionId, to.dialCode);
  }
  await recordHeld(tx, institutionId, to, refusal.reason);
}

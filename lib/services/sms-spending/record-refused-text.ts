import { inInstitution } from "@/lib/db/unit-of-work";
import { alertBudget } from "@/lib/services/sms-spending/alert-budget";
import { readPolicy } from "@/lib/services/sms-spending/policy";
import { recordRefusal } from "@/lib/services/sms-spending/record-held";
import type { TextRefused } from "@/lib/services/sms-spending/text-refused";

/** Writes down a text that was refused, in a transaction of its own, after the refused one has rolled back. */
export async function recordRefusedText(institutionId: string, { destination, refusal }: TextRefused): Promise<void> {
  await inInstitution(institutionId, async (tx) => {
    const policy = await readPolicy(tx, institutionId, { lock: true });
    await recordRefusal(tx, institutionId, destination, refusal);
    if (refusal.reason === "budget") {
      await alertBudget(tx, institutionId, policy, { reached: true });
    }
  });
}

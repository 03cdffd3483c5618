import { maskEmail } from "@/lib/core/email-address";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { systemContext } from "@/lib/services/messages/system-context";
import { adminsOf, writeToInboxes } from "@/lib/services/notices/admins";
import type { SmsPolicy } from "@/lib/services/sms-spending/policy";
import { spentMicros, THIS_MONTH } from "@/lib/services/sms-spending/spent";

/** The share of the budget at which its admins are told, in percent (R26). */
const ALERT_PERCENT = 80n;

/** Tells the admins, once a month, that most of the budget is used; `reached`: that a text did not fit any more. */
export async function alertBudget(tx: Tx, institutionId: string, policy: SmsPolicy, options: { reached?: boolean } = {}): Promise<void> {
  const budget = policy.monthlyBudgetMicros;
  if (budget === null) {
    return;
  }
  const spent = await spentMicros(tx, institutionId);
  if (!options.reached && spent * 100n < budget * ALERT_PERCENT) {
    return;
  }
  const first = await tx.$queryRaw<unknown[]>`
    UPDATE sms_policy SET alerted_month = ${THIS_MONTH}
     WHERE institution_id = ${institutionId}::uuid AND alerted_month IS DISTINCT FROM ${THIS_MONTH} RETURNING institution_id`;
  if (first.length === 0) {
    return;
  }
  const percent = budget === 0n ? 100 : Number((spent * 100n) / budget);
  await audit(tx, institutionId, systemContext(), {
    action: "sms_spending.budget_alert",
    object: { type: "sms_spending" },
    after: { percent },
  });
  await tellAdmins(tx, institutionId, percent);
}

/** A line in their inbox, and a mail to the address that they sign in with. */
async function tellAdmins(tx: Tx, institutionId: string, percent: number): Promise<void> {
  const admins = await adminsOf(tx, institutionId);
  await writeToInboxes(tx, institutionId, admins, { kind: "budget_alert", data: { label: String(percent) } });
  for (const { subscriberId, email, locale, institutionName } of admins) {
    await enqueueMessage(tx, {
      institutionId,
      kind: "budget_alert",
      type: "email",
      maskedAddress: maskEmail(email),
      locale,
      subscriberId,
      payload: { kind: "budget_alert", to: email, institutionName, percent, link: `${env().appOrigin}/spending` },
    });
  }
}

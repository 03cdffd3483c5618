import type { Tx } from "@/lib/db/unit-of-work";
import type { MessageKind } from "@/lib/delivery/payload";
import { env } from "@/lib/env";
import { hit } from "@/lib/services/limits/hit";
import { breakerRefusal } from "@/lib/services/sms-spending/breaker";
import { type Destination, destinationOf } from "@/lib/services/sms-spending/destination";
import { priceOf, readPolicy, type SmsPolicy } from "@/lib/services/sms-spending/policy";
import { recordRefusal } from "@/lib/services/sms-spending/record-held";
import { spentMicros } from "@/lib/services/sms-spending/spent";
import { type Refusal, TextRefused } from "@/lib/services/sms-spending/text-refused";

/** Nobody waits for these: they are held back without a word. */
const UNASKED: ReadonlySet<MessageKind> = new Set(["notice", "sender_alert", "domain_alert", "budget_alert"]);

interface Text {
  institutionId: string;
  kind: MessageKind;
  /** E.164. */
  to: string;
}

export interface AdmittedText extends Destination {
  costMicros: bigint;
  /** It was not admitted, and nobody is told. */
  held: boolean;
}

/**
 * R26, R27, R29: counts one text against its institution's limits, in the transaction that queues it: what is rolled
 * back was not counted, and the rows that it counts in make parallel ones wait. Refuses by throwing `TextRefused`.
 */
export async function admitText(tx: Tx, { institutionId, kind, to }: Text): Promise<AdmittedText> {
  const destination = destinationOf(to);
  const policy = await readPolicy(tx, institutionId, { lock: true });
  const costMicros = priceOf(policy, destination.country);
  const refusal = await refusalOf(tx, institutionId, { destination, policy, costMicros });
  if (refusal === null) {
    return { ...destination, costMicros, held: false };
  }
  if (!UNASKED.has(kind)) {
    throw new TextRefused(refusal, destination);
  }
  await recordRefusal(tx, institutionId, destination, refusal);
  return { ...destination, costMicros, held: true };
}

interface Candidate {
  destination: Destination;
  policy: SmsPolicy;
  costMicros: bigint;
}

async function refusalOf(tx: Tx, institutionId: string, { destination, policy, costMicros }: Candidate): Promise<Refusal | null> {
  const { country, dialCode } = destination;
  if (!policy.countries.includes(country)) {
    return { reason: "country" };
  }
  return (
    (await breakerRefusal(tx, institutionId, dialCode)) ??
    (await rateRefusal(tx, institutionId, dialCode)) ??
    (await budgetRefusal(tx, institutionId, policy.monthlyBudgetMicros, costMicros))
  );
}

async function rateRefusal(tx: Tx, institutionId: string, dialCode: string): Promise<Refusal | null> {
  const limits = env().limits;
  const keys = [
    ["hour", `sms:h:${institutionId}`, limits.textsPerInstitutionHour],
    ["day", `sms:d:${institutionId}`, limits.textsPerInstitutionDay],
    ["dialCode", `sms:dial:${institutionId}:${dialCode}`, limits.textsPerDialCodeDay],
  ] as const;
  for (const [reason, key, rate] of keys) {
    const { allowed, retryAfterSec } = await hit(key, rate, tx);
    if (!allowed) {
      return { reason, retryAfterSec };
    }
  }
  return null;
}

async function budgetRefusal(tx: Tx, institutionId: string, budget: bigint | null, costMicros: bigint): Promise<Refusal | null> {
  if (budget === null) {
    return null;
  }
  const spent = await spentMicros(tx, institutionId);
  return spent + costMicros > budget ? { reason: "budget" } : null;
}

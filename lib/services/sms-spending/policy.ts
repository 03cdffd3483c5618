import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";

/** R26, R27: where an institution's texts may go and what they may cost. */
export interface SmsPolicy {
  countries: string[];
  monthlyBudgetMicros: bigint | null;
  currency: string;
  /** Millionths, by country; `*` for every other. */
  prices: Record<string, number>;
}

const DEFAULTS: Omit<SmsPolicy, "countries"> = { monthlyBudgetMicros: null, currency: "USD", prices: {} };

/** The policy in force: without one, or with no country in it, the institution's own country alone. */
export async function readPolicy(tx: Tx, institutionId: string, options: { lock?: boolean } = {}): Promise<SmsPolicy> {
  // whoever admits a text holds the policy until it is queued, so that two of them never spend the same money
  const lock = options.lock ? Prisma.sql`FOR NO KEY UPDATE` : Prisma.empty;
  const [row] = await tx.$queryRaw<SmsPolicy[]>`
    SELECT countries, monthly_budget_micros AS "monthlyBudgetMicros", currency, prices FROM sms_policy
     WHERE institution_id = ${institutionId}::uuid ${lock}`;
  if (row && row.countries.length > 0) {
    return row;
  }
  const { defaultCountry } = await tx.institution.findUniqueOrThrow({ where: { id: institutionId }, select: { defaultCountry: true } });
  return { ...DEFAULTS, ...row, countries: [defaultCountry] };
}

export function priceOf(policy: SmsPolicy, country: string): bigint {
  return BigInt(policy.prices[country] ?? policy.prices["*"] ?? 0);
}

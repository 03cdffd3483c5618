import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { isCountry } from "@/lib/core/countries";
import { AppError, fieldError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { shownPolicy } from "@/lib/services/sms-spending/get-spending";
import { amountSchema } from "@/lib/services/sms-spending/money";
import { readPolicy, type SmsPolicy } from "@/lib/services/sms-spending/policy";

const countrySchema = z.string().refine(isCountry);
/** Of a country, or of every other one. */
const pricedSchema = z.string().refine((key) => key === "*" || isCountry(key));

export const UpdateSpendingInput = z.strictObject({
  /** One country more, or one fewer, that texts may go to. */
  allow: countrySchema.optional(),
  forbid: countrySchema.optional(),
  /** null: none. */
  monthlyBudget: amountSchema.nullable().optional(),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => /^[A-Z]{3}$/.test(code), { params: { reason: "currency" } })
    .optional(),
  /** null takes a price away. */
  prices: z.record(pricedSchema, amountSchema.nullable()).optional(),
});

/** Changes where an institution's texts may go, and what they may cost (R26, R27). */
export async function updateSpending(ctx: Context, raw: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "spending:write");
  const input = parseInput(UpdateSpendingInput, raw);
  await inInstitution(institutionId, async (tx) => {
    await tx.$executeRaw`INSERT INTO sms_policy (institution_id) VALUES (${institutionId}::uuid) ON CONFLICT DO NOTHING`;
    const before = await readPolicy(tx, institutionId, { lock: true });
    const after = changed(before, input);
    if (after.monthlyBudgetMicros !== null && after.prices["*"] === undefined) {
      throw fieldError("prices.*", "price_missing");
    }
    await write(tx, institutionId, before, after);
    await audit(tx, institutionId, ctx, {
      action: "sms_spending.updated",
      object: { type: "sms_spending" },
      before: snapshot(before),
      after: snapshot(after),
    });
  });
}

function changed(before: SmsPolicy, input: z.output<typeof UpdateSpendingInput>): SmsPolicy {
  const { allow, forbid, monthlyBudget, currency, prices } = input;
  const countries = new Set(before.countries);
  if (allow) {
    countries.add(allow);
  }
  if (forbid) {
    countries.delete(forbid);
  }
  if (countries.size === 0) {
    throw new AppError("precondition_failed", { reason: "lastCountry" });
  }
  const merged = { ...before.prices };
  for (const [country, micros] of Object.entries(prices ?? {})) {
    if (micros === null) {
      delete merged[country];
    } else {
      merged[country] = Number(micros);
    }
  }
  return {
    countries: [...countries].sort(),
    monthlyBudgetMicros: monthlyBudget === undefined ? before.monthlyBudgetMicros : monthlyBudget,
    currency: currency ?? before.currency,
    prices: merged,
  };
}

/** With another budget its admins are told anew when most of it is used. */
async function write(tx: Tx, institutionId: string, before: SmsPolicy, after: SmsPolicy): Promise<void> {
  const tellAnew = before.monthlyBudgetMicros !== after.monthlyBudgetMicros;
  await tx.$executeRaw`
    UPDATE sms_policy SET countries = ${after.countries}::text[], monthly_budget_micros = ${after.monthlyBudgetMicros}::bigint,
           currency = ${after.currency}, prices = ${JSON.stringify(after.prices)}::jsonb,
           alerted_month = CASE WHEN ${tellAnew} THEN NULL ELSE alerted_month END, updated_at = now()
     WHERE institution_id = ${institutionId}::uuid`;
}

function snapshot(policy: SmsPolicy): Prisma.InputJsonObject {
  const { countries, monthlyBudget, currency, prices } = shownPolicy(policy);
  return {
    countries,
    budget: monthlyBudget,
    currency,
    prices: Object.entries(prices).map(([country, price]) => `${country} ${price}`),
  };
}

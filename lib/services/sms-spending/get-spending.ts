import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { peek } from "@/lib/services/limits/peek";
import { decimalOf } from "@/lib/services/sms-spending/money";
import { readPolicy, type SmsPolicy } from "@/lib/services/sms-spending/policy";
import { spentMicros } from "@/lib/services/sms-spending/spent";
import { HELD_REASONS, type HeldReason } from "@/lib/services/sms-spending/text-refused";

/** Longest range that is shown at once. */
const MAX_DAYS = 366;
export const DAY_RANGES = [1, 7, 30, 90, MAX_DAYS] as const;

export const GetSpendingInput = z.strictObject({ days: z.coerce.number().int().min(1).max(MAX_DAYS).default(30) });

export interface SpendingLine {
  country: string;
  dialCode: string;
  sent: number;
  verified: number;
  held: number;
  heldReasons: Partial<Record<HeldReason, number>>;
  /** A decimal in the policy's currency. */
  cost: string;
}

export interface SpendingDto {
  days: number;
  /** Of the range, the dearest first. */
  lines: SpendingLine[];
  total: { sent: number; verified: number; held: number; cost: string };
  policy: { countries: string[]; monthlyBudget: string | null; currency: string; prices: Record<string, string> };
  budget: { used: string; percent: number } | null;
  limits: Array<{ id: "hour" | "day"; used: number; max: number }>;
  perDialCode: Array<{ dialCode: string; used: number; max: number }>;
  pauses: Array<{ dialCode: string; until: string }>;
}

/** What an institution's texts cost and came to, its limits, and what was held back and why. */
export async function getSpending(ctx: Context, raw: unknown): Promise<SpendingDto> {
  const { institutionId } = requirePermission(ctx, "spending:read");
  const { days } = parseInput(GetSpendingInput, raw);
  return inInstitution(institutionId, async (tx) => {
    const policy = await readPolicy(tx, institutionId);
    const lines = await linesOf(tx, institutionId, days);
    const pauses = await tx.$queryRaw<Array<{ dialCode: string; until: Date }>>`
      SELECT dial_code AS "dialCode", open_until AS until FROM sms_breaker
       WHERE institution_id = ${institutionId}::uuid AND open_until > now() ORDER BY dial_code`;
    const sum = (name: "sent" | "verified" | "held") => lines.reduce((total, line) => total + line[name], 0);
    return {
      days,
      lines: lines.map(({ costMicros, ...line }) => ({
        ...line,
        heldReasons: knownReasons(line.heldReasons),
        cost: decimalOf(costMicros),
      })),
      total: {
        sent: sum("sent"),
        verified: sum("verified"),
        held: sum("held"),
        cost: decimalOf(lines.reduce((total, { costMicros }) => total + costMicros, 0n)),
      },
      policy: shownPolicy(policy),
      budget: await budgetOf(tx, institutionId, policy),
      ...(await limitsOf(tx, institutionId, lines)),
      pauses: pauses.map(({ dialCode, until }) => ({ dialCode, until: until.toISOString() })),
    };
  });
}

export function shownPolicy({ countries, monthlyBudgetMicros, currency, prices }: SmsPolicy): SpendingDto["policy"] {
  return {
    countries,
    monthlyBudget: monthlyBudgetMicros === null ? null : decimalOf(monthlyBudgetMicros),
    currency,
    prices: Object.fromEntries(Object.entries(prices).map(([country, micros]) => [country, decimalOf(BigInt(micros))])),
  };
}

type Line = Omit<SpendingLine, "cost" | "heldReasons"> & { costMicros: bigint; heldReasons: Record<string, number> };

function linesOf(tx: Tx, institutionId: string, days: number): Promise<Line[]> {
  return tx.$queryRaw<Line[]>`
    WITH span AS (
      SELECT * FROM sms_day WHERE institution_id = ${institutionId}::uuid AND day > (now() AT TIME ZONE 'UTC')::date - ${days}::int),
    reasons AS (
      SELECT country, jsonb_object_agg(reason, times) AS held FROM (
        SELECT country, key AS reason, sum(value::int)::int AS times FROM span, jsonb_each_text(held_reasons) GROUP BY country, key) each
       GROUP BY country)
    SELECT s.country, min(s.dial_code) AS "dialCode", sum(s.sent)::int AS sent, sum(s.verified)::int AS verified, sum(s.held)::int AS held,
           coalesce(r.held, '{}') AS "heldReasons", sum(s.cost_micros)::bigint AS "costMicros"
      FROM span s LEFT JOIN reasons r ON r.country = s.country
     GROUP BY s.country, r.held ORDER BY sum(s.cost_micros) DESC, sum(s.sent) DESC, s.country`;
}

function knownReasons(found: Record<string, number>): SpendingLine["heldReasons"] {
  return Object.fromEntries(HELD_REASONS.flatMap((reason) => (found[reason] ? [[reason, found[reason]]] : [])));
}

async function budgetOf(tx: Tx, institutionId: string, policy: SmsPolicy): Promise<SpendingDto["budget"]> {
  const budget = policy.monthlyBudgetMicros;
  if (budget === null) {
    return null;
  }
  const spent = await spentMicros(tx, institutionId);
  return { used: decimalOf(spent), percent: budget === 0n ? 100 : Number((spent * 100n) / budget) };
}

async function limitsOf(tx: Tx, institutionId: string, lines: readonly Line[]): Promise<Pick<SpendingDto, "limits" | "perDialCode">> {
  const { textsPerInstitutionHour: hour, textsPerInstitutionDay: day, textsPerDialCodeDay: dial } = env().limits;
  const perDialCode: SpendingDto["perDialCode"] = [];
  for (const dialCode of new Set(lines.map((line) => line.dialCode))) {
    const used = await peek(tx, `sms:dial:${institutionId}:${dialCode}`, dial);
    if (used > 0) {
      perDialCode.push({ dialCode, used, max: dial.max });
    }
  }
  return {
    limits: [
      { id: "hour", used: await peek(tx, `sms:h:${institutionId}`, hour), max: hour.max },
      { id: "day", used: await peek(tx, `sms:d:${institutionId}`, day), max: day.max },
    ],
    perDialCode,
  };
}

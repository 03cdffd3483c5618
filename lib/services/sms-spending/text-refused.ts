import { AppError, type AppErrorOptions, type ErrorCode } from "@/lib/core/errors";
import type { Destination } from "@/lib/services/sms-spending/destination";

/** Why a text was held back; keys of the words that say so. */
export const HELD_REASONS = ["country", "breaker", "budget", "hour", "day", "dialCode", "prefix"] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

const ANSWERS: Record<Exclude<HeldReason, "prefix">, { code: ErrorCode; reason: string }> = {
  country: { code: "precondition_failed", reason: "textCountry" },
  breaker: { code: "rate_limited", reason: "textBreaker" },
  budget: { code: "precondition_failed", reason: "textBudget" },
  hour: { code: "rate_limited", reason: "textsPerHour" },
  day: { code: "rate_limited", reason: "textsPerDay" },
  dialCode: { code: "rate_limited", reason: "textsPerDialCode" },
};

export interface Refusal {
  reason: Exclude<HeldReason, "prefix">;
  retryAfterSec?: number;
  /** R29: this text is the one that opens the breaker. */
  trips?: boolean;
}

/** A text that its institution's own limits hold back: told to whoever asked, and written down after the rollback. */
export class TextRefused extends AppError {
  constructor(
    readonly refusal: Refusal,
    readonly destination: Destination,
  ) {
    const { code, reason } = ANSWERS[refusal.reason];
    const options: AppErrorOptions = { reason };
    super(code, refusal.retryAfterSec === undefined ? options : { ...options, retryAfterSec: refusal.retryAfterSec });
  }
}

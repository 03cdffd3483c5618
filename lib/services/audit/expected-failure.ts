import type { Context } from "@/lib/auth/actor";
import type { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { type AuditEntry, auditRefusal } from "@/lib/services/audit/record";
import { recordRefusedText } from "@/lib/services/sms-spending/record-refused-text";
import { TextRefused } from "@/lib/services/sms-spending/text-refused";

/** What a refusal leaves behind (R66): who was refused what is worth a row, a typing mistake is not. */
export async function auditExpectedFailure(ctx: Context, error: AppError): Promise<void> {
  if (!("institutionId" in ctx.actor)) {
    return;
  }
  const { institutionId } = ctx.actor;
  if (error instanceof TextRefused) {
    await leave(ctx, () => recordRefusedText(institutionId, error));
  }
  const entry = entryFor(error);
  if (entry) {
    await leave(ctx, () => auditRefusal(institutionId, ctx, entry));
  }
}

/** The refusal stands, whether or not its trace can be written. */
async function leave(ctx: Context, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    logger.error({ err: cause, requestId: ctx.request.id }, "a refusal could not be audited");
  }
}

function entryFor(error: AppError): AuditEntry | null {
  const object = { type: "request" };
  switch (error.code) {
    case "forbidden":
      return { action: "authz_fail", object };
    case "rate_limited":
      return { action: "excess_rate_limit_exceeded", object, after: { reason: error.reason ?? null } };
    case "precondition_failed":
      return { action: "sequence_fail", object, after: { reason: error.reason ?? null } };
    case "not_found":
      return error.foreign ? { action: "malicious_direct_reference", object } : null;
    default:
      return null;
  }
}

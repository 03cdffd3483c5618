import type { Context } from "@/lib/auth/actor";
import type { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { type AuditEntry, auditRefusal } from "@/lib/services/audit/record";

/** What a refusal leaves behind (R66): who was refused what is worth a row, a typing mistake is not. */
export async function auditExpectedFailure(ctx: Context, error: AppError): Promise<void> {
  if (ctx.actor.type !== "member") {
    return;
  }
  const entry = entryFor(error);
  if (entry) {
    try {
      await auditRefusal(ctx.actor.institutionId, ctx, entry);
    } catch (cause) {
      logger.error({ err: cause, requestId: ctx.request.id }, "a refusal could not be audited");
    }
  }
}

function entryFor(error: AppError): AuditEntry | null {
  const object = { type: "request" };
  switch (error.code) {
    case "forbidden":
      return { action: "authz_fail", object };
    case "rate_limited":
      return { action: "excess_rate_limit_exceeded", object, after: { reason: error.reason ?? null } };
    default:
      return null;
  }
}

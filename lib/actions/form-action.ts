import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { ActionState, FormAction } from "@/lib/actions/action-state";
import type { Context } from "@/lib/auth/actor";
import { currentContext } from "@/lib/auth/session";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { env } from "@/lib/env";
import { assertSameOrigin } from "@/lib/http/same-origin";
import { describeError } from "@/lib/i18n/describe-error";
import { auditExpectedFailure } from "@/lib/services/audit/expected-failure";

/** As Turnstile's widget calls it. */
const TURNSTILE_FIELD = "cf-turnstile-response";

type Handler = (ctx: Context, form: FormData) => Promise<ActionState | undefined> | Promise<void>;

/**
 * Wraps what a form posts to: same origin (R57) → who is it → the handler, which calls one verb →
 * the result as data. `secret` names the fields that never come back to the form.
 */
export function formAction(handler: Handler, options: { secret?: readonly string[] } = {}): FormAction {
  return async (_previous, form) => {
    let ctx: Context | undefined;
    try {
      if (!assertSameOrigin(await headers(), env().appOrigin)) {
        throw new AppError("forbidden", { reason: "crossOrigin" });
      }
      ctx = withTurnstile(await currentContext(), form);
      return (await handler(ctx, form)) ?? { status: "ok" };
    } catch (error) {
      unstable_rethrow(error);
      ctx ??= await currentContext();
      return failure(error, ctx, form, options.secret ?? []);
    }
  };
}

async function failure(error: unknown, ctx: Context, form: FormData, secret: readonly string[]): Promise<ActionState> {
  const expected = error instanceof AppError ? error : new AppError("internal", { cause: error });
  if (expected !== error) {
    logger.error({ err: error, requestId: ctx.request.id }, "action failed");
  }
  await auditExpectedFailure(ctx, expected);
  const { code, message, fields } = await describeError(expected, ctx.request.locale);
  return {
    status: "error",
    code,
    message,
    requestId: ctx.request.id,
    values: typedValues(form, secret),
    ...(fields.length > 0 ? { fields } : {}),
    ...(expected.retryAfterSec ? { retryAfterSec: expected.retryAfterSec } : {}),
  };
}

function typedValues(form: FormData, secret: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === "string" && !name.startsWith("$ACTION") && name !== TURNSTILE_FIELD && !secret.includes(name)) {
      values[name] = value;
    }
  }
  return values;
}

/** What the widget put into the form (R56); it is for this request alone, and never comes back. */
function withTurnstile(ctx: Context, form: FormData): Context {
  return { ...ctx, request: { ...ctx.request, turnstileToken: text(form, TURNSTILE_FIELD) } };
}

/** A text field of a posted form; a missing one is the empty string, so the schema can say "required". */
export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

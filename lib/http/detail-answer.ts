import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { type AppError, ERROR_CODES } from "@/lib/core/errors";
import type { Answer } from "@/lib/http/program-answer";
import { describeError } from "@/lib/i18n/describe-error";

/** A refusal as FastAPI and Django Ninja, which several vendors run on, word it: a sentence, or a list of places. */
export const DetailText = z.object({ detail: z.string() });
export const DetailList = z.object({
  detail: z.array(z.object({ loc: z.array(z.union([z.string(), z.int()])), msg: z.string(), type: z.string() })),
});

/** Our codes by the names that such services give them; every other goes out as it is. */
const TYPES: Record<string, string> = {
  required: "missing",
  too_short: "string_too_short",
  too_long: "string_too_long",
  too_small: "greater_than_equal",
  too_big: "less_than_equal",
  invalid: "value_error",
};

interface Asked {
  ctx: Context;
  request: Request;
  /** Our name of a field, and theirs; a path's first step is looked up. */
  names?: Record<string, string>;
  /** Where there is something else to say than the error's own status. */
  status?: number;
}

/** An expected failure in that shape, in the reader's language. */
export async function describeInDetail(error: AppError, { ctx, request, names = {}, status = statusOf(error) }: Asked): Promise<Answer> {
  const { message, fields } = await describeError(error, ctx.request.locale);
  if (status !== 400 && status !== 422) {
    return { status, body: { detail: message } satisfies z.output<typeof DetailText> };
  }
  const source = request.method === "GET" || request.method === "HEAD" ? "query" : "body";
  const places =
    fields.length > 0
      ? fields.map(({ path, code, message: msg }) => ({ loc: place(source, path, names), msg, type: TYPES[code] ?? code }))
      : [{ loc: WITHOUT_FIELD[error.code] ?? [source], msg: message, type: WITHOUT_TYPE[error.code] ?? error.code }];
  return { status, body: { detail: places } satisfies z.output<typeof DetailList> };
}

const WITHOUT_FIELD: Record<string, string[]> = {
  verification_failed: ["body", "code"],
  idempotency_mismatch: ["header", "Idempotency-Key"],
};
const WITHOUT_TYPE: Record<string, string> = { bad_request: "json_invalid", validation: "value_error" };

/** A body that cannot be read is one more value that does not fit. */
function statusOf({ code }: AppError): number {
  return code === "bad_request" ? ERROR_CODES.validation.status : ERROR_CODES[code].status;
}

function place(source: string, path: string, names: Record<string, string>): string[] {
  if (path === "Idempotency-Key") {
    return ["header", path];
  }
  const [first = "", ...rest] = path.split(".");
  return first === "" ? [source] : [source, names[first] ?? first, ...rest];
}

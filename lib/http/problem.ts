import type { Context } from "@/lib/auth/actor";
import { type AppError, ERROR_CODES } from "@/lib/core/errors";
import { describeError } from "@/lib/i18n/describe-error";

/** RFC 9457 (R55). Nothing of the cause is in it: no stack, no SQL, no host name. */
export async function problem(error: AppError, ctx: Context, headers: { allow?: string } = {}): Promise<Response> {
  const { status } = ERROR_CODES[error.code];
  const { title, message, fields } = await describeError(error, ctx.request.locale);
  const body = {
    type: `urn:reachable:problem:${error.code}`,
    title,
    status,
    detail: message,
    // the occurrence is the request: its path would make an unknown id and a foreign one tell apart
    instance: `urn:reachable:request:${ctx.request.id}`,
    code: error.code,
    ...(error.reason ? { reason: error.reason } : {}),
    request_id: ctx.request.id,
    ...(fields.length > 0 ? { errors: fields.map(({ path, code, message: detail }) => ({ pointer: toPointer(path), code, detail })) } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "content-language": ctx.request.locale,
      ...(headers.allow !== undefined ? { allow: headers.allow } : {}),
      ...(error.retryAfterSec ? { "retry-after": String(error.retryAfterSec) } : {}),
    },
  });
}

function toPointer(path: string): string {
  return path === "" ? "" : `/${path.split(".").join("/")}`;
}

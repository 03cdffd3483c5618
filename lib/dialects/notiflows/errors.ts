import type { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { type AppError, ERROR_CODES, type ErrorCode } from "@/lib/core/errors";
import type { ErrorBody } from "@/lib/dialects/notiflows/schemas";
import { env } from "@/lib/env";
import type { Answer } from "@/lib/http/program-answer";
import { type DescribedError, describeError } from "@/lib/i18n/describe-error";

const DOCS = "https://notiflows.com/docs/api/errors";
const WINDOW = "1m";

type Details = z.output<typeof ErrorBody>["error"]["details"];

/** Our codes in the vendor's words; what it has no word for keeps the status and gets one in its style. */
const CODES: Record<ErrorCode, { code: string; status?: number }> = {
  validation: { code: "validation_failed" },
  limit_exceeded: { code: "validation_failed" },
  verification_failed: { code: "validation_failed" },
  idempotency_mismatch: { code: "validation_failed" },
  bad_request: { code: "bad_request" },
  unauthenticated: { code: "unauthenticated" },
  forbidden: { code: "forbidden" },
  not_found: { code: "not_found" },
  conflict: { code: "conflict" },
  precondition_failed: { code: "conflict" },
  idempotency_in_progress: { code: "conflict" },
  rate_limited: { code: "rate_limited" },
  method_not_allowed: { code: "method_not_allowed" },
  too_large: { code: "payload_too_large" },
  unsupported_media_type: { code: "unsupported_media_type" },
  provider_failed: { code: "service_unavailable" },
  unavailable: { code: "service_unavailable" },
  internal: { code: "internal_error" },
};

/** What the vendor says of a field, by our word for what is wrong with it. */
const FIELDS: Record<string, string> = { required: "can't be blank" };

const NAMES: Record<string, string> = {
  channel: "Channel",
  subscription: "Subscription",
  channel_settings: "Channel settings",
  route: "Route",
};

/** Which credential it was that did not do. */
const API_KEY_REASONS = ["keyMissing", "keyUnknown"];

/** An expected failure in the vendor's shape, which speaks English alone. */
export async function describe(error: AppError, { ctx, request }: { ctx: Context; request: Request }): Promise<Answer> {
  const described = await describeError(error, "en");
  const { code, status = ERROR_CODES[error.code].status } = CODES[error.code];
  const body: z.output<typeof ErrorBody> = {
    error: {
      type: `${DOCS}#${code}-${status}`,
      code,
      message: messageOf(error, described, request),
      status,
      request_id: ctx.request.id,
      details: detailsOf(error, described, request),
    },
  };
  return { status, body };
}

/** In the vendor's words, where it has some. */
function messageOf(error: AppError, { message }: DescribedError, request: Request): string {
  switch (error.code) {
    case "not_found":
      return `${NAMES[resourceOf(error, request).resource]} not found`;
    case "validation":
      return error.reason ? message : "Validation failed";
    case "unauthenticated":
      // by its looks alone: nobody is told whether it is a live one
      return request.headers.get("x-notiflows-api-key")?.startsWith("sk_")
        ? "A secret key does not belong here. Send a public key, pk_…"
        : message;
    default:
      return message;
  }
}

function detailsOf(error: AppError, { message, fields }: DescribedError, request: Request): Details {
  const { reason = "" } = error;
  switch (error.code) {
    case "bad_request":
      return reason === "channelId" ? { reason: "invalid_uuid", param: "channel_id" } : { reason: "invalid_json" };
    case "unauthenticated":
      return { auth: API_KEY_REASONS.includes(reason) ? "api_key" : "user_key" };
    case "forbidden":
      return reason === "scope" ? { required_scope: String(error.params?.["scope"]) } : {};
    case "not_found":
      return resourceOf(error, request);
    case "validation":
      return { fields: fields.map(({ path, code, message: text }) => ({ field: path, message: FIELDS[code] ?? text, reason: code })) };
    case "limit_exceeded":
      return { fields: [{ field: "identifier", message, reason: "limit_exceeded" }], limit: Number(error.params?.["max"]) };
    case "rate_limited":
      return { limit: env().limits.requestsPerCredential.perMinute, window: WINDOW, retry_after: error.retryAfterSec ?? 1 };
    case "idempotency_mismatch":
    case "idempotency_in_progress":
      return { idempotency_key: request.headers.get("idempotency-key") ?? "", reason: error.code };
    default:
      return {};
  }
}

/** An unknown channel and a foreign one look the same. */
function resourceOf({ params }: AppError, request: Request): { resource: string; id?: string } {
  const [channelId] =
    /^(?:\/api)?\/user\/v1\/channels\/([^/]+)\/(?:subscriptions|settings)$/.exec(new URL(request.url).pathname)?.slice(1) ?? [];
  if (channelId === undefined) {
    return { resource: "route" };
  }
  const { resource = "subscription", identifier = decoded(channelId) } = params ?? {};
  return { resource: String(resource), id: String(identifier) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

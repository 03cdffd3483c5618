import type { AppError } from "@/lib/core/errors";
import type { Dialect } from "@/lib/http/program-answer";
import type { PaceStanding } from "@/lib/services/limits/pace";

const EXPOSED =
  "x-request-id, allow, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset, ratelimit-policy, idempotency-replay";

export function paceHeaders({ limit, remaining, resetSec, windowSec }: PaceStanding): Record<string, string> {
  return {
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(resetSec),
    "ratelimit-policy": `${limit};w=${windowSec}`,
  };
}

/** Any method may be asked with: where there is none, a page can read the 405 that says so. */
export function corsHeaders({ cors }: Dialect, isPreflight = false): Record<string, string> {
  if (!cors) {
    return {};
  }
  return {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": EXPOSED,
    ...(isPreflight
      ? {
          "access-control-allow-methods": "GET, HEAD, POST, PATCH, PUT, DELETE",
          "access-control-allow-headers": cors.requestHeaders.join(", "),
          "access-control-max-age": "600",
        }
      : {}),
  };
}

export function retryAfter({ retryAfterSec }: AppError): Record<string, string> {
  return retryAfterSec ? { "retry-after": String(retryAfterSec) } : {};
}

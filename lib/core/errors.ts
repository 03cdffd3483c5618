/**
 * The closed list of expected failures, with what each way in answers. `title` is a key of the
 * `errors` namespace.
 */
export const ERROR_CODES = {
  validation: { status: 422 },
  unauthenticated: { status: 401 },
  forbidden: { status: 403 },
  not_found: { status: 404 },
  conflict: { status: 409 },
  precondition_failed: { status: 409 },
  verification_failed: { status: 422 },
  idempotency_mismatch: { status: 422 },
  idempotency_in_progress: { status: 409 },
  rate_limited: { status: 429 },
  limit_exceeded: { status: 422 },
  unsupported_media_type: { status: 415 },
  too_large: { status: 413 },
  bad_request: { status: 400 },
  method_not_allowed: { status: 405 },
  provider_failed: { status: 502 },
  unavailable: { status: 503 },
  internal: { status: 500 },
} as const satisfies Record<string, { status: number }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One refused field. `code` is a key below `errors.field`, `params` fill its message. */
export interface FieldError {
  path: string;
  code: string;
  params?: Record<string, string | number>;
}

export interface AppErrorOptions {
  /** A key below `errors.reason` that says more than the code does; safe to show. */
  reason?: string;
  params?: Record<string, string | number>;
  fields?: FieldError[];
  retryAfterSec?: number;
  /** It is there and somebody else's: said to nobody but the audit trail (R66). */
  foreign?: boolean;
  cause?: unknown;
}

/** An expected failure: data for whoever called, never a stack trace. Anything else is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly reason: string | undefined;
  readonly params: Record<string, string | number> | undefined;
  readonly fields: FieldError[] | undefined;
  readonly retryAfterSec: number | undefined;
  readonly foreign: boolean;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.reason ? `${code}: ${options.reason}` : code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.reason = options.reason;
    this.params = options.params;
    this.fields = options.fields;
    this.retryAfterSec = options.retryAfterSec;
    this.foreign = options.foreign ?? false;
  }
}

/** Shorthand for one refused field. */
export function fieldError(path: string, code: string, params?: Record<string, string | number>): AppError {
  return new AppError("validation", { fields: [params ? { path, code, params } : { path, code }] });
}

export function notFound(): AppError {
  return new AppError("not_found");
}

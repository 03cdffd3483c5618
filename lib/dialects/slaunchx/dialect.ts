import type { Context } from "@/lib/auth/actor";
import { withBearer } from "@/lib/auth/credentials/bearer";
import { type AppError, ERROR_CODES } from "@/lib/core/errors";
import type { Answer, Dialect } from "@/lib/http/program-answer";
import { describeError } from "@/lib/i18n/describe-error";

const CLIENT_HASH = /^[\x20-\x7e]{1,255}$/;

export const slaunchx: Dialect = {
  name: "slaunchx",
  authenticate: (request, ctx, access) => withBearer(withClientHash(request, ctx), request.headers.get("authorization"), access),
  describe: async (error, { ctx }) => describe(error, ctx),
  cors: {
    requestHeaders: ["authorization", "content-type", "accept-language", "x-client-hash", "x-turnstile-token", "idempotency-key"],
  },
};

/** A client's word for its device, for the audit trail; what cannot be one is left out. */
function withClientHash(request: Request, ctx: Context): Context {
  const clientHash = request.headers.get("x-client-hash") ?? "";
  return CLIENT_HASH.test(clientHash) ? { ...ctx, request: { ...ctx.request, clientHash } } : ctx;
}

async function describe(error: AppError, ctx: Context): Promise<Answer> {
  const { message, fields } = await describeError(error, ctx.request.locale);
  const status = STATUS[error.code] ?? ERROR_CODES[error.code].status;
  const errors = fields.map((field) => ({ field: fieldName(field.path), message: field.message }));
  return {
    status,
    headers: { "content-language": ctx.request.locale, ...challenge(error) },
    body: { code: `${status}0`, message, data: null, ...(status === 400 ? { errors } : {}) },
  };
}

/** RFC 6750: how to come back; and that the token which came along is no good. */
function challenge({ code, reason }: AppError): Record<string, string> {
  return code === "unauthenticated" ? { "www-authenticate": reason === "tokenUnknown" ? 'Bearer error="invalid_token"' : "Bearer" } : {};
}

/** Where this API's status is another one than ours. */
const STATUS: Partial<Record<AppError["code"], number>> = { validation: 400, verification_failed: 400, limit_exceeded: 409 };

const FIELD: Record<string, string> = {
  "": "body",
  name: "channelName",
  remark: "channelRemark",
  host: "channelHost",
  fromAddress: "emailConfig.senderEmail",
  fromName: "emailConfig.senderName",
  "config.host": "emailConfig.smtpHost",
  "config.port": "emailConfig.smtpPort",
  "config.username": "emailConfig.username",
  "config.password": "emailConfig.password",
  "config.security": "emailConfig.useSsl",
  "config.connectionTimeoutMs": "emailConfig.connectionTimeout",
  "config.readTimeoutMs": "emailConfig.readTimeout",
};

/** A field of ours as this API's clients know it. */
function fieldName(path: string): string {
  return FIELD[path] ?? path;
}

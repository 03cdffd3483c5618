import type { z } from "zod";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { AppError, ERROR_CODES } from "@/lib/core/errors";
import type { Refusal } from "@/lib/dialects/novu/schemas";
import type { Dialect } from "@/lib/http/program-answer";
import { describeError } from "@/lib/i18n/describe-error";

/** Novu's API of channel connections and endpoints, by an institution's secret key. */
export const novu: Dialect = {
  name: "novu",
  authenticate: (request, ctx, access) => withSecretKey(ctx, presentedKey(request.headers.get("authorization")), access),
  describe: async (error, { request }) => {
    const { message, fields } = await describeError(error, "en");
    const { pathname, search } = new URL(request.url);
    const own = OWN_WORDS[error.reason ?? ""];
    const status = own?.status ?? (error.code === "bad_request" ? ERROR_CODES.validation.status : ERROR_CODES[error.code].status);
    const places = fields.map((field) => [FIELD_NAMES[field.path] ?? field.path, field.message] as const);
    if (places.length === 0) {
      places.push([error.code === "idempotency_mismatch" ? "idempotency-key" : "general", message]);
    }
    const body: z.output<typeof Refusal> = {
      statusCode: status,
      timestamp: new Date().toISOString(),
      path: `${pathname}${search}`,
      message: own?.words(textParams(error)) ?? (status === 422 && error.code === "validation" ? "Validation Error" : message),
      ...(PHRASES[status] ? { error: PHRASES[status] } : {}),
      ...(status === 422 ? { errors: messagesOf(places) } : {}),
    };
    return { status, body };
  },
};

const SCHEME = /^([^\s]+)\s*(.*)$/;

/** The key, as `ApiKey <key>` has it; null: there is no header at all. */
function presentedKey(header: string | null): string | null {
  const [, scheme = "", key = ""] = SCHEME.exec(header?.trim() ?? "") ?? [];
  if (scheme === "") {
    return null;
  }
  if (scheme.toLowerCase() !== "apikey") {
    throw new AppError("unauthenticated", { reason: "authScheme", params: { scheme: /^[\w-]{1,32}$/.test(scheme) ? scheme : "?" } });
  }
  return key.trim();
}

interface OwnWords {
  status?: number;
  words: (params: Record<string, string>) => string;
}

/** What this API has its own status or sentence for. */
const OWN_WORDS: Record<string, OwnWords | undefined> = {
  keyMissing: { words: () => "Missing authorization header" },
  authScheme: { words: ({ scheme }) => `Invalid authentication scheme: "${scheme}"` },
  keyUnknown: { words: () => "API Key not found" },
  connectionResourceNeeded: { status: 400, words: () => "Either subscriberId or context must be provided" },
  connectionContextNeeded: { status: 400, words: () => 'context is required when connectionMode is "shared"' },
  connectionSubscriberNeeded: { status: 400, words: () => 'subscriberId is required when connectionMode is "subscriber"' },
  integrationNotFound: { words: ({ id }) => `Integration not found: ${id}` },
  subscriberNotFound: { words: ({ id }) => `Subscriber not found: ${id}` },
  connectionNotFound: { words: ({ id }) => `Channel connection not found: ${id}` },
  endpointNotFound: { words: ({ id }) => `Channel endpoint not found: ${id}` },
  tokenRotation: {
    status: 400,
    words: ({ provider }) => `Token rotation is not supported for provider "${provider}". Leave out refreshToken.`,
  },
  connectionExists: {
    words: ({ id }) => `A channel connection already exists for this integration, subscriber and context: ${id}`,
  },
  identifierTaken: { words: ({ id }) => `The identifier "${id}" is already in use` },
  endpointShape: { status: 400, words: ({ type }) => `Endpoint must match the required format for type "${type}"` },
  connectionUncheckable: {
    status: 400,
    words: ({ provider }) => `Connections of provider "${provider}" cannot be verified: it has no documented way to ask`,
  },
};

const FIELD_NAMES: Record<string, string> = { externalId: "subscriberId", mode: "connectionMode", "Idempotency-Key": "idempotency-key" };

const PHRASES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

function messagesOf(places: ReadonlyArray<readonly [string, string]>): Record<string, { messages: string[] }> {
  const grouped = Map.groupBy(places, ([name]) => name || "general");
  return Object.fromEntries([...grouped].map(([name, entries]) => [name, { messages: entries.map(([, message]) => message) }]));
}

function textParams({ params = {} }: AppError): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}

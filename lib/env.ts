import { z } from "zod";
import { limitsSchema } from "@/lib/core/limits";

// The only reader of process.env. A missing or malformed setting names itself and stops the start.

const jsonOf = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text, ctx) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        ctx.addIssue({ code: "custom", message: "is not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** Values parted by commas. */
const list = <S extends z.ZodType<unknown, string>>(schema: S) =>
  z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    )
    .pipe(z.array(schema));

const keyring = z
  .string()
  .regex(/^[\w-]{1,32}:[A-Za-z0-9+/_=-]{40,}(,[\w-]{1,32}:[A-Za-z0-9+/_=-]{40,})*$/, "must be kid:base64[,kid:base64…]");

const origin = z
  .url({ protocol: /^https?$/ })
  .refine((value) => new URL(value).origin === value, "must be an origin without a path, such as https://reach.example");

/** Whoever stands between could put its own keys into the set: so TLS, except on this machine. */
const keySetAddress = z
  .url({ protocol: /^https?$/ })
  .refine((value) => URL.canParse(value) && (new URL(value).protocol === "https:" || isThisMachine(new URL(value))), "must be https://");

const isThisMachine = ({ hostname }: URL) => ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

/** Decided by the build: bundlers put a constant here, and no variable of the machine changes it afterwards. */
const FOR_DEVELOPMENT = process.env.NODE_ENV === "development" || process.env.NODE_ENV === "test";

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgres:// address"),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  APP_ORIGIN: origin,
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
  SECRETS_KEYS: keyring,
  CODE_PEPPERS: keyring,
  BEARER_ISSUER: z.string().max(512).optional(),
  BEARER_AUDIENCE: z.string().max(512).optional(),
  BEARER_JWKS_URL: keySetAddress.optional(),
  SYSTEM_SMTP_URL: z.string().regex(/^smtps?:\/\//, "must be an smtp:// or smtps:// address"),
  SYSTEM_MAIL_FROM: z.email(),
  SYSTEM_SMS_URL: z.url({ protocol: /^https?$/ }),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).default("https://slack.com/api"),
  SMTP_ALLOW_CIDRS: list(z.union([z.cidrv4("must be CIDRs"), z.cidrv6("must be CIDRs")])),
  SMTP_ALLOW_PORTS: list(
    z
      .string()
      .regex(/^\d{1,5}$/, "must be ports")
      .transform(Number),
  ),
  ALLOW_PLAINTEXT_SMTP: z.enum(["0", "1"]).default("0"),
  PUSH_ALLOW_HOSTS: list(z.string().regex(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, "must be host names, with *. before them or without")),
  NOTIFLOWS_USER_ID_HEADER: z.enum(["0", "1"]).default("0"),
  DNS_SERVERS: list(z.string().regex(/^(\[[\da-f:]+\]|[\da-f:]+|[\d.]+)(:\d+)?$/i, "must be addresses, with a port or without")),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  TURNSTILE_SITE_KEY: z.string().max(255).optional(),
  TURNSTILE_SECRET_KEY: z.string().max(255).optional(),
  TURNSTILE_VERIFY_URL: z.url({ protocol: /^https?$/ }).default("https://challenges.cloudflare.com/turnstile/v0/siteverify"),
  TURNSTILE_HOSTNAMES: list(z.string().regex(/^[\w.-]{1,253}$/, "must be host names")),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  REACHABLE_CATCHER: jsonOf(z.strictObject({ url: z.url(), token: z.string().min(20) })).optional(),
  LIMITS: jsonOf(limitsSchema).default(() => limitsSchema.parse({})),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(10),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

export type Env = ReturnType<typeof read>;

/** Thrown at boot; its message names each setting that is missing or malformed, never its value. */
export class SettingsError extends Error {}

function read(source: Record<string, string | undefined>) {
  // an empty variable is a missing one: `FOO= npm start` should not count as an answer
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`;
    });
    throw new SettingsError([...new Set(lines)].join("; "));
  }
  const e = result.data;
  const issuer = [e.BEARER_ISSUER, e.BEARER_AUDIENCE, e.BEARER_JWKS_URL] as const;
  if (issuer.some((part) => part !== undefined) && issuer.includes(undefined)) {
    throw new SettingsError("BEARER_ISSUER, BEARER_AUDIENCE and BEARER_JWKS_URL are set together or not at all");
  }
  if (e.BEARER_ISSUER === e.APP_ORIGIN) {
    throw new SettingsError("BEARER_ISSUER is another one than APP_ORIGIN, whose tokens are made here");
  }
  if (e.NOTIFLOWS_USER_ID_HEADER === "1" && !FOR_DEVELOPMENT) {
    throw new SettingsError("NOTIFLOWS_USER_ID_HEADER is for development alone");
  }
  return {
    databaseUrl: e.DATABASE_URL,
    databasePoolSize: e.DATABASE_POOL_SIZE,
    appOrigin: e.APP_ORIGIN,
    authSecret: e.AUTH_SECRET,
    secretsKeys: e.SECRETS_KEYS,
    codePeppers: e.CODE_PEPPERS,
    /** Whose bearer tokens are taken besides our own (R53). */
    bearerIssuer: bearerIssuer(...issuer),
    systemSmtpUrl: e.SYSTEM_SMTP_URL,
    systemMailFrom: e.SYSTEM_MAIL_FROM,
    systemSmsUrl: e.SYSTEM_SMS_URL,
    /** Where connections' tokens are checked: nobody but the operator says where tokens go. */
    slackApiUrl: e.SLACK_API_URL,
    /** How far senders may reach into networks that are not public (R46). */
    reach: {
      allowCidrs: e.SMTP_ALLOW_CIDRS,
      allowPorts: e.SMTP_ALLOW_PORTS,
      allowPlaintext: e.ALLOW_PLAINTEXT_SMTP === "1",
      dnsServers: e.DNS_SERVERS,
      ...(e.REACHABLE_CATCHER ? { catcher: { smtpUrl: e.SYSTEM_SMTP_URL, smsUrl: e.SYSTEM_SMS_URL } } : {}),
    },
    dnsServers: e.DNS_SERVERS,
    /** Push services beside those of the browsers (R40). */
    pushAllowHosts: e.PUSH_ALLOW_HOSTS,
    /** R52: whoever names a user is taken at their word. */
    trustUserIdHeader: FOR_DEVELOPMENT && e.NOTIFLOWS_USER_ID_HEADER === "1",
    trustedProxies: e.TRUSTED_PROXIES,
    turnstile: turnstileOf(e),
    logLevel: e.LOG_LEVEL,
    catcher: e.REACHABLE_CATCHER,
    limits: e.LIMITS,
    workerConcurrency: e.WORKER_CONCURRENCY,
    mode: e.NODE_ENV,
  };
}

function bearerIssuer(issuer: string | undefined, audience: string | undefined, jwksUrl: string | undefined) {
  return issuer && audience && jwksUrl ? { issuer, audience, jwksUrl } : null;
}

export interface TurnstileSettings {
  siteKey: string;
  /** Missing: every check fails (R56). */
  secretKey: string | null;
  verifyUrl: string;
  /** Where its widget may have been solved. */
  hostnames: readonly string[];
}

/** null: off. */
function turnstileOf(e: z.output<typeof schema>): TurnstileSettings | null {
  return e.TURNSTILE_SITE_KEY === undefined
    ? null
    : {
        siteKey: e.TURNSTILE_SITE_KEY,
        secretKey: e.TURNSTILE_SECRET_KEY ?? null,
        verifyUrl: e.TURNSTILE_VERIFY_URL,
        hostnames: [new URL(e.APP_ORIGIN).hostname, ...e.TURNSTILE_HOSTNAMES],
      };
}

let current: Env | undefined;

/** The settings, read and checked on first use (the build has none). Throws SettingsError. */
export function env(): Env {
  current ??= read(process.env);
  return current;
}

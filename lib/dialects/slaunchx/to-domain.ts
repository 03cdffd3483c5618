import { SECRET_MASK } from "@/lib/channels/secret-mask";
import { AppError, fieldError, notFound } from "@/lib/core/errors";
import { toEmailConfig, toHost } from "@/lib/dialects/slaunchx/from-domain";
import { type BizKind, fromBizId } from "@/lib/dialects/slaunchx/ids";
import { type CreateChannel, DEFAULTS, type PageQuery, type QueryChannels, type UpdateChannel } from "@/lib/dialects/slaunchx/schemas";
import type { SenderDetailDto } from "@/lib/services/senders/dto";

/** What is a channel here: a sender for mail on an SMTP server. */
export const KIND = { type: "email", provider: "smtp" } as const;

type Security = "tls" | "starttls" | "none";
interface Flags {
  useSsl: boolean;
  useStartTls: boolean;
}

/** The id behind a name; what is malformed is as unknown as what is not there. */
export function idOf(kind: BizKind, bizId: string): string {
  const id = fromBizId(kind, bizId);
  if (id === null) {
    throw notFound();
  }
  return id;
}

/** R43: one way to TLS, or none; both at once is a mistake, and nobody's to guess. */
function securityOf({ useSsl, useStartTls }: Flags): Security {
  if (useSsl && useStartTls) {
    throw fieldError("emailConfig.useStartTls", "tls_twice");
  }
  return useSsl ? "tls" : useStartTls ? "starttls" : "none";
}

/** Where the operator allows mail without TLS, it goes without signing in: the password is then not kept either (R43). */
function authFor(security: Security, allowPlaintext: boolean): "password" | "none" {
  return security === "none" && allowPlaintext ? "none" : "password";
}

export function toNewSender({ emailConfig, ...channel }: CreateChannel, allowPlaintext: boolean) {
  const { smtpHost, smtpPort, username, password } = emailConfig;
  const security = securityOf({
    useSsl: emailConfig.useSsl ?? DEFAULTS.useSsl,
    useStartTls: emailConfig.useStartTls ?? DEFAULTS.useStartTls,
  });
  return {
    name: channel.channelName,
    remark: channel.channelRemark ?? null,
    host: channel.channelHost,
    fromAddress: emailConfig.senderEmail,
    fromName: emailConfig.senderName,
    provider: KIND.provider,
    config: {
      host: smtpHost,
      port: smtpPort,
      security,
      auth: authFor(security, allowPlaintext),
      username,
      password,
      connectionTimeoutMs: emailConfig.connectionTimeout ?? DEFAULTS.connectionTimeout,
      readTimeoutMs: emailConfig.readTimeout ?? DEFAULTS.readTimeout,
    },
  };
}

/** The changes, and nothing of what is absent, null or as it was read. */
export function toSenderChanges(before: SenderDetailDto, { emailConfig: email, ...channel }: UpdateChannel, allowPlaintext: boolean) {
  const emailConfig = email ? withoutRead(before, email) : null;
  return given({
    senderId: before.id,
    name: channel.channelName,
    remark: channel.channelRemark,
    host: channel.channelHost === toHost(before) ? null : channel.channelHost,
    fromAddress: emailConfig?.senderEmail,
    fromName: emailConfig?.senderName,
    config: emailConfig ? configChanges(before, emailConfig, allowPlaintext) : null,
  });
}

type Email = NonNullable<UpdateChannel["emailConfig"]>;

/** What a channel from elsewhere lacks is read as an empty text, and may come back as one; it takes nothing away. */
function withoutRead(before: SenderDetailDto, email: Email): Email {
  const read = toEmailConfig(before);
  const changed: Email = Object.fromEntries(Object.entries(email).filter(([name, value]) => value !== read[name as keyof Email]));
  const emptied = (["senderEmail", "senderName", "username"] as const).filter((name) => changed[name]?.trim() === "");
  if (emptied.length > 0) {
    throw new AppError("validation", { fields: emptied.map((name) => ({ path: `emailConfig.${name}`, code: "required" })) });
  }
  return changed;
}

function configChanges(before: SenderDetailDto, email: Email, allowPlaintext: boolean) {
  const stored = before.config as { security: Security; auth?: string; username?: string };
  const security = securityOf({
    useSsl: email.useSsl ?? stored.security === "tls",
    useStartTls: email.useStartTls ?? stored.security === "starttls",
  });
  const typed = email.password !== null && email.password !== undefined && email.password.trim() !== SECRET_MASK;
  const moved = security !== stored.security;
  return given({
    host: email.smtpHost,
    port: email.smtpPort,
    security: moved ? security : null,
    auth: typed || moved ? authAfter(stored.auth, security, typed, allowPlaintext) : null,
    // one that signs in nowhere loses its user name with an edit that leaves it out
    username: email.username ?? (stored.auth === "none" || security === "none" ? stored.username : null),
    password: email.password,
    connectionTimeoutMs: email.connectionTimeout,
    readTimeoutMs: email.readTimeout,
  });
}

/** One that signs in otherwise keeps doing so, until it is given a password. */
function authAfter(stored: string | undefined, security: Security, typed: boolean, allowPlaintext: boolean): string | null {
  if (security === "none") {
    return authFor(security, allowPlaintext);
  }
  return typed || stored === "none" ? "password" : null;
}

export function toSearch({ page, size, sort }: PageQuery, body: QueryChannels) {
  const { channelName, channelStatus, activeOnly } = body;
  const senderId = body.bizId ? fromBizId("channel", body.bizId) : undefined;
  const status = channelStatus && (channelStatus.toLowerCase() as SenderDetailDto["state"]);
  return {
    ...KIND,
    page,
    size,
    sort: [sort].flat().map(toSort),
    ...given({ senderId, name: channelName }),
    ...(status || activeOnly ? { states: activeOnly && status && status !== "active" ? [] : [status ?? "active"] } : {}),
    // a name that no channel can have finds as little as one that none has
    ...(senderId === null ? { states: [] } : {}),
  };
}

const FIELD = { createdat: "createdAt", updatedat: "updatedAt", channelname: "name", channelstatus: "state" } as const;

/** As clients of this API write it: "createdAt,desc"; without a direction it is ascending. */
function toSort(text: string) {
  const [field = "", direction = "asc"] = text.toLowerCase().split(",");
  return { by: FIELD[field as keyof typeof FIELD], descending: direction === "desc" };
}

/** Without what is absent or null, which is the same here. */
function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as never;
}

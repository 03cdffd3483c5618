import type { OpenOptions, ProviderOutlet, Reach, SecretKeeper } from "@/lib/channels/providers/define";
import type { SmtpConfig } from "@/lib/channels/providers/smtp-config";
import { DeliveryError } from "@/lib/delivery/delivery-error";
import { openMailTransport } from "@/lib/delivery/mail";
import { type AccessTokenSource, deadlineFor, type MailRoute, type OpenSocket } from "@/lib/delivery/mail-route";
import { readHost } from "@/lib/delivery/wire/address-policy";
import { connectTo } from "@/lib/delivery/wire/connect";
import { fetchAccessToken } from "@/lib/delivery/wire/oauth-token";
import { deliveryReason, type Lookup, resolveMailHost } from "@/lib/delivery/wire/resolve";

export interface SmtpOutletOptions extends OpenOptions {
  /** Asked in place of DNS. */
  lookup?: Lookup;
}

// One sender takes no more, however many messages it has (R49).
const MAX_CONNECTIONS = 4;

/** A sender's own way out through its mail server. Nothing is looked up or opened before the first message. */
export function openSmtpOutlet(config: SmtpConfig, reach: Reach, options: SmtpOutletOptions = {}): ProviderOutlet {
  if (config.security === "none" && !reach.allowPlaintext) return refusing();
  const host = readHost(config.host);
  const tokens = config.auth === "oauth2" ? tokenPurse(config, reach, options.keeper) : undefined;
  const route: MailRoute = {
    // As it is looked up: a certificate names no letter beyond ASCII.
    host: host.kind === "refused" ? config.host : host.host,
    port: config.port,
    security: config.security,
    auth: authOf(config, tokens),
    ca: config.ca === "" ? undefined : config.ca,
    connectionTimeoutMs: config.connectionTimeoutMs,
    readTimeoutMs: config.readTimeoutMs,
    maxConnections: MAX_CONNECTIONS,
    openSocket: checkedSocket(config, reach, options),
  };
  const transport = openMailTransport(route);
  return {
    sendMail: async ({ messageId, ...mail }) => {
      const kept = tokens?.kept();
      // One deadline for both, should it come to a second attempt (R48).
      const ends = performance.now() + deadlineFor(route);
      const outgoing = { ...mail, messageId: `<${messageId}>` };
      const result = await transport.send(outgoing);
      // A token may end before its time: the server's no counts once it was said to a new one.
      if (!kept || !("reason" in result) || result.reason !== "auth_failed" || result.smtpCode === undefined) return result;
      tokens?.drop(kept);
      return transport.send({ ...outgoing, signal: AbortSignal.timeout(Math.max(0, Math.ceil(ends - performance.now()))) });
    },
    close: () => transport.close(),
  };
}

function refusing(): ProviderOutlet {
  return { sendMail: async () => ({ outcome: "refused", reason: "refused_by_policy" }), close: () => undefined };
}

/** Looks the name up for every connection: what it meant for the last one says nothing about this one (R46). */
function checkedSocket(config: SmtpConfig, reach: Reach, { lookup }: SmtpOutletOptions): OpenSocket {
  return async (signal) => {
    const resolution = await resolveMailHost(config.host, config.port, reach, { signal, lookup });
    if (!resolution.ok) {
      const reason = deliveryReason(resolution.reason);
      throw new DeliveryError({ outcome: reason === "refused_by_policy" ? "refused" : "temporary", reason });
    }
    const connected = await connectTo(resolution.addresses, config.port, { timeoutMs: config.connectionTimeoutMs, signal });
    // Closed, filtered and out of reach are one and the same to whoever reads of a message (R46).
    if (!connected.ok) throw new DeliveryError({ outcome: "temporary", reason: "connect_failed" });
    return connected.socket;
  };
}

function authOf(config: SmtpConfig, tokens: TokenPurse | undefined): MailRoute["auth"] {
  if (tokens) return { user: config.username, accessToken: tokens.get };
  return config.auth === "password" ? { user: config.username, pass: config.password } : undefined;
}

type Token = Awaited<ReturnType<AccessTokenSource>>;
type TokenPurse = { get: AccessTokenSource; kept: () => Token | undefined; drop: (token: Token) => void };

/** One token for all connections, until shortly before its end or until the server refuses it. */
function tokenPurse(config: SmtpConfig, reach: Reach, keeper: SecretKeeper | undefined): TokenPurse {
  let held: Token | undefined;
  let asking: Promise<Token> | undefined;
  const settings = {
    tokenUrl: config.oauthTokenUrl,
    clientId: config.oauthClientId,
    clientSecret: config.oauthClientSecret,
    refreshToken: config.oauthRefreshToken,
  };
  const ask = async (): Promise<Token> => {
    const answer = await fetchAccessToken(settings, reach, { ca: config.ca, keeper });
    if (!answer.ok) throw new DeliveryError(answer.failure);
    settings.refreshToken = answer.refreshToken;
    held = answer;
    return answer;
  };
  const kept = () => (held && held.expiresAt > Date.now() ? held : undefined);
  const get: AccessTokenSource = async (renew) => {
    const usable = renew ? undefined : kept();
    if (usable) return usable;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const drop = (token: Token) => {
    if (held === token) held = undefined;
  };
  return { get, kept, drop };
}

import type { Socket } from "node:net";
import type { SMTPPoolOptions } from "nodemailer/lib/smtp-pool";
import type { SMTPTransportGetSocket } from "nodemailer/lib/smtp-transport";
import { DeliveryError } from "@/lib/delivery/delivery-error";
import { secretForms } from "@/lib/delivery/smtp-secrets";

/** renew: the server refused the one that it got. Throws DeliveryError. */
export type AccessTokenSource = (renew: boolean) => Promise<{ token: string; expiresAt: number }>;

/** A connected socket to an address that was checked. Throws DeliveryError. */
export type OpenSocket = (signal?: AbortSignal) => Promise<Socket>;

/** Where a mail server is, and how it is spoken to. */
export type MailRoute = {
  host: string;
  port: number;
  /** tls: from the first byte. none: in clear, and then whatever `auth` says nobody signs in (R43). */
  security: "tls" | "starttls" | "none";
  auth?: { user: string; pass: string } | { user: string; accessToken: AccessTokenSource } | undefined;
  /** PEM of the authority that signed the server's certificate, if it is a private one. */
  ca?: string | undefined;
  connectionTimeoutMs?: number | undefined;
  readTimeoutMs?: number | undefined;
  maxConnections?: number | undefined;
  /** Without it the library looks the host up and connects by itself. */
  openSocket?: OpenSocket | undefined;
};

const CONNECTION_TIMEOUT_MS = 10_000;
const READ_TIMEOUT_MS = 30_000;
const DNS_TIMEOUT_MS = 5_000;
const LONGEST_DEADLINE_MS = 120_000;
const CLOSE_TIMEOUT_MS = 1_000;
const MAX_CONNECTIONS = 5;
const MAX_RESPONSE_BYTES = 64 * 1024;
// For kept connections that died meanwhile, before any of the message was handed over; the queue does the other retries.
const MAX_REQUEUES = 2;
// An older one may still be in use on a connection that is about to be refused.
const LAST_TOKENS = 2;
// A constant: what we say to a server must not depend on anybody's input.
const EHLO_NAME = "[127.0.0.1]";

export function poolOptions(route: MailRoute): SMTPPoolOptions {
  const clear = route.security === "none";
  const connect = route.connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS;
  return {
    host: route.host,
    port: route.port,
    secure: route.security === "tls",
    // STARTTLS is never a matter of what the server happens to offer: either demanded or left alone.
    requireTLS: route.security === "starttls",
    ignoreTLS: clear,
    ...(route.auth === undefined || clear ? {} : { auth: authOptions(route.auth), forceAuth: true }),
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: true, ...(route.ca === undefined ? {} : { ca: route.ca }) },
    name: EHLO_NAME,
    connectionTimeout: connect,
    greetingTimeout: connect,
    socketTimeout: route.readTimeoutMs ?? READ_TIMEOUT_MS,
    socketCloseTimeout: CLOSE_TIMEOUT_MS,
    dnsTimeout: DNS_TIMEOUT_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
    maxConnections: route.maxConnections ?? MAX_CONNECTIONS,
    maxRequeues: MAX_REQUEUES,
    logger: false,
    ...(route.openSocket === undefined ? {} : { getSocket: getSocket(route.openSocket) }),
  };
}

/** The longest that one send may take (R48). */
export function deadlineFor(route: MailRoute): number {
  const connect = route.connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS;
  return Math.min(connect + 3 * (route.readTimeoutMs ?? READ_TIMEOUT_MS), LONGEST_DEADLINE_MS);
}

/** The same route, and what was said on it to sign in: an access token is known once it was given. */
export function knowSecrets(route: MailRoute): { route: MailRoute; secrets: () => string[] } {
  const { auth } = route;
  if (auth === undefined) return { route, secrets: () => [] };
  if ("pass" in auth) return { route, secrets: () => secretForms({ username: auth.user, secret: auth.pass }) };
  let given: string[] = [];
  const accessToken: AccessTokenSource = async (renew) => {
    const answer = await auth.accessToken(renew);
    given = [...new Set([answer.token, ...given])].slice(0, LAST_TOKENS);
    return answer;
  };
  const secrets = () => given.flatMap((secret) => secretForms({ username: auth.user, secret }));
  return { route: { ...route, auth: { ...auth, accessToken } }, secrets };
}

function authOptions(auth: NonNullable<MailRoute["auth"]>): NonNullable<SMTPPoolOptions["auth"]> {
  if ("pass" in auth) return auth;
  const { user, accessToken } = auth;
  return {
    type: "OAuth2",
    user,
    // Without this function the library would ask a token endpoint by itself, at an address that nobody checked.
    provisionCallback: (_, renew, done) => {
      accessToken(renew).then(
        ({ token, expiresAt }) => done(null, token, expiresAt),
        (error: unknown) => done(asError(error)),
      );
    },
  };
}

function getSocket(open: OpenSocket): SMTPTransportGetSocket {
  return (_, done) =>
    void open().then(
      (connection) => done(null, { connection }),
      (error: unknown) => done(asError(error)),
    );
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new DeliveryError({ outcome: "temporary", reason: "connect_failed" });
}

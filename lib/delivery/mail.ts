import type { Readable } from "node:stream";
import { createTransport, type Transporter } from "nodemailer";
import type { SMTPPoolOptions, SMTPPoolSentMessageInfo } from "nodemailer/lib/smtp-pool";
import { parseEmailAddress } from "@/lib/core/email-address";
import { type Deadline, withDeadline } from "@/lib/delivery/deadline";
import { deadlineFor, knowSecrets, type MailRoute, poolOptions } from "@/lib/delivery/mail-route";
import { type DeliveryResult, printable } from "@/lib/delivery/result";
import { classifySmtpFailure } from "@/lib/delivery/smtp-failure";
import { isLoopback, parseSmtpUrl } from "@/lib/delivery/smtp-url";
import { offersSmtputf8 } from "@/lib/delivery/smtputf8";

export type MailTransportSettings = {
  /** smtp://user:password@host:port or smtps://… */
  url: string;
  connectionTimeoutMs?: number;
  readTimeoutMs?: number;
  maxConnections?: number;
  /** Lets a server on another machine be spoken to in clear; a password never is. */
  allowPlaintext?: boolean;
  /** PEM of the authority that signed the server's certificate, if it is a private one. */
  ca?: string;
};

export type OutgoingMail = {
  from: { name: string; address: string };
  /** Canonical, as parseEmailAddress gives it. */
  to: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  language: string;
  headers?: Readonly<Record<string, string>>;
  /** Signs it for a domain; the key is PEM. */
  dkim?: { domain: string; selector: string; privateKey: string } | undefined;
  signal?: AbortSignal;
};

export type MailTransport = {
  /** Never throws for what a server or the network does. */
  send(mail: OutgoingMail): Promise<DeliveryResult>;
  /** Idle connections end at once, busy ones after their message. */
  close(): void;
};

/** To the server that an address names, as the system's own settings do. */
export function createMailTransport(settings: MailTransportSettings): MailTransport {
  const { host, port, secure, auth } = parseSmtpUrl(settings.url);
  const clear = !secure && auth === undefined && (isLoopback(host) || settings.allowPlaintext === true);
  return openMailTransport({ ...settings, host, port, auth, security: secure ? "tls" : clear ? "none" : "starttls" });
}

export function openMailTransport(wanted: MailRoute): MailTransport {
  const { route, secrets } = knowSecrets(wanted);
  const options = poolOptions(route);
  const transporter = createTransport({ ...options, pool: true });
  const bodies = watchBodies(transporter);
  const deadlineMs = deadlineFor(route);
  let smtputf8: Promise<boolean> | undefined;

  async function acceptsSmtputf8(signal: AbortSignal): Promise<boolean> {
    smtputf8 ??= offersSmtputf8(options, signal, route.openSocket);
    try {
      return await smtputf8;
    } catch (error) {
      smtputf8 = undefined;
      throw error;
    }
  }

  async function attempt(mail: OutgoingMail, needsSmtputf8: boolean, deadline: Deadline): Promise<DeliveryResult> {
    const { signal } = deadline;
    const handed: Readable[] = [];
    bodies.set(signal, handed);
    try {
      if (needsSmtputf8 && !(await acceptsSmtputf8(signal))) return { outcome: "refused", reason: "smtputf8_missing" };
      return judgeSent(await transporter.sendMail({ ...compose(mail), signal }), mail.to);
    } catch (error) {
      return classifySmtpFailure(error, {
        recipient: mail.to,
        bodyStarted: handed.some((body) => body.readableFlowing !== null),
        deadlinePassed: deadline.passed(),
        secrets: secrets(),
      });
    }
  }

  async function send(mail: OutgoingMail): Promise<DeliveryResult> {
    const address = parseEmailAddress(mail.to);
    if (!address.ok || address.value.canonical !== mail.to) return { outcome: "refused", reason: "rejected" };
    return withDeadline(deadlineMs, mail.signal, (deadline) => attempt(mail, address.value.needsSmtputf8, deadline));
  }

  return { send, close: () => transporter.close() };
}

/** `sendMail(transport, mail)` reads better where the transport is handed around. */
export function sendMail(transport: MailTransport, mail: OutgoingMail): Promise<DeliveryResult> {
  return transport.send(mail);
}

/**
 * A failure before and after DATA looks the same on nodemailer's errors. But it reads a message's
 * body only once the server has asked for it, so the body itself tells the two apart.
 * The signal is the key: each send has its own.
 */
function watchBodies(transporter: Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>): WeakMap<AbortSignal, Readable[]> {
  const bodies = new WeakMap<AbortSignal, Readable[]>();
  transporter.use("stream", (mail, done) => {
    const handed = mail.data.signal === undefined ? undefined : bodies.get(mail.data.signal);
    const open = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (streamOptions) => {
      const body = open(streamOptions);
      handed?.push(body);
      return body;
    };
    done();
  });
  return bodies;
}

function compose(mail: OutgoingMail) {
  return {
    from: mail.from,
    to: { name: "", address: mail.to },
    // Explicit, so that no header is ever parsed back into a route.
    envelope: { from: mail.from.address, to: [mail.to] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    headers: { ...mail.headers, "Content-Language": mail.language, "Auto-Submitted": "auto-generated" },
    ...(mail.dkim && { dkim: { domainName: mail.dkim.domain, keySelector: mail.dkim.selector, privateKey: mail.dkim.privateKey } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function judgeSent(info: SMTPPoolSentMessageInfo, address: string): DeliveryResult {
  const accepted = info.accepted ?? [];
  // Somebody else's mailbox, or nobody's: nothing that this message may be called delivered for.
  if (accepted.length !== 1 || canonicalForm(accepted[0] ?? "") !== address) return { outcome: "unknown", reason: "unknown_outcome" };
  const reference = printable(info.serverMessageId ?? info.response ?? "");
  return reference === "" ? { outcome: "sent" } : { outcome: "sent", providerReference: reference };
}

// On the wire "foo." is quoted, and beside a local part that is not ASCII the domain is a U-label.
function canonicalForm(wire: string): string | undefined {
  const parsed = parseEmailAddress(wire.replace(/^"([^"\\]*)"@/, "$1@"));
  return parsed.ok ? parsed.value.canonical : undefined;
}

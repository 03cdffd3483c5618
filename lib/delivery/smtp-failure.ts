import { maskEmail } from "@/lib/core/email-address";
import { DeliveryError } from "@/lib/delivery/delivery-error";
import { type DeliveryFailure, type DeliveryReason, printable } from "@/lib/delivery/result";
import { hideSecrets, literal } from "@/lib/delivery/smtp-secrets";

/** What nodemailer tells about a failure; everything else on its errors is ignored. */
type SmtpError = {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
};

export type SmtpContext = {
  recipient: string;
  /** The server asked for the message and we began to hand it over. */
  bodyStarted: boolean;
  deadlinePassed: boolean;
  /** What was said to sign in, in every form. */
  secrets: readonly string[];
};

// A reply on these says that the dialogue had begun, so its text comes from a mail server (R47).
const DIALOGUE = /^(?:MAIL FROM|RCPT TO|DATA|AUTH)/;
const TLS_CODES = /^(?:ETLS|EPROTO$|ERR_SSL|ERR_TLS|.*CERT|.*SELF_SIGNED|UNABLE_TO_)/;
// Security or policy status: the server minds us, or the content, not the mailbox.
const POLICY = /^\d{3}[ -]5\.7\.\d/;
const CLOSING = 421;
const BAD_SEQUENCE = 503;

export function classifySmtpFailure(thrown: unknown, context: SmtpContext): DeliveryFailure {
  if (thrown instanceof DeliveryError) return thrown.failure;
  const error = readError(thrown);
  const answered = isFinalReply(error);
  // Without a final reply nobody knows whether the server kept what it had got.
  if (context.bodyStarted && !answered) return { outcome: "unknown", reason: "unknown_outcome" };
  const verdict = answered ? judgeReply(error) : judgeSilence(error, context);
  return { ...verdict, ...describeReply(error, context) };
}

function judgeReply(error: SmtpError): DeliveryFailure {
  const permanent = (error.responseCode ?? 0) >= 500 && error.responseCode !== BAD_SEQUENCE;
  if (error.code === "EAUTH") return { outcome: permanent ? "refused" : "temporary", reason: "auth_failed" };
  if (!permanent) return { outcome: "temporary", reason: "temporary" };
  return { outcome: "refused", reason: rejectionReason(error) };
}

function rejectionReason(error: SmtpError): DeliveryReason {
  if (error.command === "MAIL FROM") return "sender_rejected";
  if (error.command === "RCPT TO" && !POLICY.test(error.response ?? "")) return "recipient_rejected";
  return "rejected";
}

function judgeSilence(error: SmtpError, context: SmtpContext): DeliveryFailure {
  if (error.code === "EABORT") return { outcome: "temporary", reason: context.deadlinePassed ? "timeout" : "temporary" };
  if (error.code === "ETIMEDOUT") return { outcome: "temporary", reason: "timeout" };
  if (error.code === "EDNS") return { outcome: "temporary", reason: "dns_failed" };
  if (isTlsFailure(error)) return { outcome: "temporary", reason: "tls_failed" };
  if (error.code === "EAUTH") return { outcome: "temporary", reason: "auth_failed" };
  if (error.code === "EENVELOPE" || error.code === "EMESSAGE") return { outcome: "refused", reason: "rejected" };
  if (error.responseCode === CLOSING) return { outcome: "temporary", reason: "temporary" };
  return { outcome: "temporary", reason: "connect_failed" };
}

function isTlsFailure(error: SmtpError): boolean {
  if (TLS_CODES.test(error.code ?? "") || TLS_CODES.test(error.originalCode ?? "")) return true;
  // A server that knows HELO only cannot offer STARTTLS.
  return error.command === "EHLO" && error.responseCode !== undefined && error.responseCode !== CLOSING;
}

function isFinalReply(error: SmtpError): boolean {
  return error.responseCode !== undefined && DIALOGUE.test(error.command ?? "");
}

function describeReply(error: SmtpError, { recipient, secrets }: SmtpContext): Pick<DeliveryFailure, "smtpCode" | "reply"> {
  if (error.responseCode === undefined) return {};
  if (!isFinalReply(error)) return { smtpCode: error.responseCode };
  const masked = replaceIgnoringCase(error.response ?? "", recipient, maskEmail(recipient));
  // Whatever is known of it is kept, shown and audited: what signed in must not be among it.
  if (error.code === "EAUTH" || error.command?.startsWith("AUTH")) {
    return { smtpCode: error.responseCode, reply: printable(hideSecrets(masked, secrets)) };
  }
  return { smtpCode: error.responseCode, reply: printable(masked) };
}

function replaceIgnoringCase(text: string, part: string, replacement: string): string {
  return text.replace(new RegExp(literal(part), "gi"), () => replacement);
}

function readError(thrown: unknown): SmtpError {
  if (!(thrown instanceof Error)) return {};
  const { code, originalCode, command, response, responseCode } = thrown as Error & Record<keyof SmtpError, unknown>;
  return {
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof originalCode === "string" ? { originalCode } : {}),
    ...(typeof command === "string" ? { command } : {}),
    ...(typeof response === "string" ? { response } : {}),
    ...(typeof responseCode === "number" ? { responseCode } : {}),
  };
}

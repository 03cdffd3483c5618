import type { Found } from "@/lib/delivery/smtp-diagnosis/found";
import { judgeGoodbye } from "@/lib/delivery/smtp-diagnosis/recognise";
import { enhancedCode, isTemporary, type Reply, textOf } from "@/lib/delivery/smtp-diagnosis/reply";

const GREYLISTED =
  /gr[ea]y-?\s?list|postgrey|come back (?:later|in)|defer(?:red|ring) .*unknown|retry (?:later|in|after)|try again (?:later|in|after)/i;
const RELAY = /relay|5\.7\.54|not (?:a )?local|we do not accept mail for|not permitted to send to/i;
const SENDER =
  /sender (?:address |domain )?(?:is )?(?:rejected|denied|refused|not |un)|not owned by|send\s?as|5\.7\.60|from[: ]? ?address|mail from|not verified|unverified|not authori[sz]ed to send (?:as|from)|sender identity/i;
const NEEDS_AUTH = /authenticat|must (?:log|sign) ?in|not logged in|rejected: access denied|login required|smtp auth/i;
const NEEDS_TLS = /starttls|encrypt|tls required|must use tls/i;

/** MAIL FROM, RCPT TO or the message itself was answered with something other than yes. */
export function judgeEnvelope(at: "mail_from" | "rcpt_to" | "data", reply: Reply, signedIn: boolean): Found {
  const text = textOf(reply);
  const params = { code: reply.code };
  const goodbye = judgeGoodbye(reply);
  if (goodbye) return goodbye;
  if (isTemporary(reply)) {
    return { code: at !== "data" && [450, 451].includes(reply.code) && GREYLISTED.test(text) ? "greylisted" : "temporary", params };
  }
  if (!signedIn && NEEDS_TLS.test(text)) return { code: "plaintext", params };
  if (!signedIn && (reply.code === 530 || NEEDS_AUTH.test(text))) {
    return { code: "auth_required", params, fix: { code: "use_password", set: { auth: "password" } } };
  }
  if (at === "mail_from") return { code: "sender_not_allowed", params };
  if (SENDER.test(text)) return { code: "sender_not_allowed", params };
  if (at === "data") return { code: "message_rejected", params };
  return { code: RELAY.test(text) ? "relaying_denied" : "recipient_rejected", params };
}

const APP_PASSWORD = /app(?:lication)?[- ](?:specific )?password|InvalidSecondFactor|WebLoginRequired|5\.7\.14\b/i;
const DISABLED =
  /SmtpClientAuthentication is disabled|smtp_auth_disabled|basic authentication is disabled|security defaults|smtp (?:auth|access) (?:is )?(?:disabled|not enabled)/i;
// 504 and 5.5.4: this mechanism is not known. 534: too weak. 538: only over TLS.
const MECHANISM_CODES = new Set([502, 504, 534, 538]);

export interface SignIn {
  kind: "password" | "oauth2";
  mechanism: string;
  /** Providers that take no account password from programs, whatever their reply says. */
  appPasswordsOnly: boolean;
}

/** A refused AUTH. */
export function judgeSignIn(reply: Reply, { kind, mechanism, appPasswordsOnly }: SignIn): Found {
  const text = textOf(reply);
  const params = { code: reply.code };
  const goodbye = judgeGoodbye(reply);
  if (goodbye) return goodbye;
  if (isTemporary(reply)) return { code: "auth_temporary", params };
  if (DISABLED.test(text)) {
    return { code: "auth_disabled", params, ...(kind === "password" ? { fix: { code: "use_oauth", set: { auth: "oauth2" } } } : {}) };
  }
  if (kind === "oauth2" && reply.code !== 504) return { code: "oauth_token_refused", params };
  if (APP_PASSWORD.test(text) || enhancedCode(reply) === "5.7.9") return { code: "app_password_needed", params };
  if (MECHANISM_CODES.has(reply.code)) return { code: "mechanism_not_offered", params: { wanted: mechanism } };
  return { code: appPasswordsOnly ? "app_password_needed" : "wrong_password", params };
}

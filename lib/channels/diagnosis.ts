/** The rungs of the ladder, in their order. Text providers use `request` after `tls`. */
export const STEP_IDS = [
  "dns",
  "policy",
  "tcp",
  "greeting",
  "ehlo",
  "tls",
  "auth_mechanisms",
  "auth",
  "mail_from",
  "rcpt_to",
  "data",
  "request",
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** What a mail server is taken through, unless it is secured from the start: then `tls` follows `tcp`. */
export const SMTP_STEPS: readonly StepId[] = [
  "dns",
  "policy",
  "tcp",
  "greeting",
  "ehlo",
  "tls",
  "auth_mechanisms",
  "auth",
  "mail_from",
  "rcpt_to",
  "data",
];

export type StepResult = "ok" | "warning" | "failed" | "skipped";

/** What was found to be wrong, or worth knowing. Its sentence is `diagnosis.problem.<code>`, filled with `params`. */
export const PROBLEMS = [
  // name and policy
  "host_empty",
  "host_is_email",
  "host_unknown",
  "dns_timeout",
  "dns_failed",
  "refused_by_policy",
  "port_not_allowed",
  "ipv6_only",
  // connection
  "no_route",
  "connection_refused",
  "connection_filtered",
  "connection_lost",
  "silent_server",
  "slow_server",
  "endless_line",
  "banner_rejected",
  "not_smtp_http",
  "not_smtp_pop3",
  "not_smtp_imap",
  "not_smtp",
  "too_many_connections",
  "shutting_down",
  "ehlo_rejected",
  // TLS
  "tls_on_plain_port",
  "plain_on_tls_port",
  "starttls_not_offered",
  "starttls_stripped",
  "starttls_refused",
  "tls_injection",
  "tls_too_old",
  "tls_failed",
  "certificate_expired",
  "certificate_not_yet_valid",
  "certificate_self_signed",
  "certificate_wrong_name",
  "certificate_unknown_ca",
  "certificate_expires_soon",
  "plaintext",
  // authentication
  "auth_not_offered",
  "mechanism_not_offered",
  "wrong_password",
  "app_password_needed",
  "auth_disabled",
  "oauth_token_refused",
  "oauth_unreachable",
  "auth_temporary",
  "auth_in_clear_refused",
  "auth_required",
  // envelope and message
  "sender_not_allowed",
  "relaying_denied",
  "recipient_rejected",
  "greylisted",
  "temporary",
  "message_rejected",
  "smtputf8_missing",
  // text providers
  "provider_unreachable",
  "credentials_refused",
  "account_not_active",
  "number_not_owned",
  "unexpected_answer",
  // any
  "deadline",
  "unknown",
] as const;
export type Problem = (typeof PROBLEMS)[number];

/** What one button would change in the form. Its words are `diagnosis.fix.<code>`, filled with the values. */
export interface Fix {
  code: "use_starttls" | "use_tls" | "use_port" | "use_host" | "trim_host" | "use_password" | "use_oauth" | "use_plain";
  set: Record<string, string | number | boolean>;
}

export interface DiagnosisStep {
  id: StepId;
  result: StepResult;
  /** Whole milliseconds; padded where the exact time would map an inside network (R46). */
  ms: number;
  /** Facts in the order to show them; keys are `diagnosis.fact.<key>`. Never a secret. */
  facts?: Record<string, string>;
  /** The server's own words, printable, at most 200 characters, and only out of an SMTP dialogue (R47). */
  reply?: string;
  problem?: { code: Problem; params?: Record<string, string | number>; fix?: Fix };
}

/** `step` once a rung is done, `result` once at the end, always. */
export type DiagnosisEvent =
  | { type: "start"; id: StepId }
  | { type: "step"; step: DiagnosisStep }
  | { type: "result"; result: DiagnosisResult };

export interface DiagnosisResult {
  /** ok: everything that was asked for was accepted. temporary: nothing is wrong with the settings. */
  verdict: "ok" | "temporary" | "failed";
  /** The first failed step's. */
  problem: Problem | null;
  steps: DiagnosisStep[];
  totalMs: number;
}

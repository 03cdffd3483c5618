import type { Problem } from "@/lib/channels/diagnosis";

/** The field where a problem is cured, for those that only a person can cure. */
export const WHERE_TO_LOOK: Partial<Record<Problem, string>> = {
  host_empty: "host",
  host_is_email: "host",
  host_unknown: "host",
  refused_by_policy: "host",
  no_route: "host",
  ipv6_only: "host",
  endless_line: "host",
  not_smtp: "host",
  not_smtp_http: "host",
  not_smtp_pop3: "host",
  not_smtp_imap: "host",
  certificate_wrong_name: "host",
  port_not_allowed: "port",
  connection_refused: "port",
  connection_filtered: "port",
  silent_server: "port",
  slow_server: "readTimeoutMs",
  certificate_self_signed: "ca",
  certificate_unknown_ca: "ca",
  tls_failed: "security",
  plaintext: "security",
  auth_in_clear_refused: "security",
  auth_not_offered: "auth",
  mechanism_not_offered: "auth",
  auth_required: "auth",
  wrong_password: "password",
  app_password_needed: "password",
  oauth_token_refused: "oauthRefreshToken",
  oauth_unreachable: "oauthTokenUrl",
  sender_not_allowed: "fromAddress",
  smtputf8_missing: "fromAddress",
  number_not_owned: "fromNumber",
};

/** Brings a field into sight, out of whatever it is folded into, and puts the person there. */
export function goToField(form: HTMLFormElement, name: string): void {
  const named = form.elements.namedItem(name);
  const field = named instanceof RadioNodeList ? ([...named].find((each) => (each as HTMLInputElement).checked) ?? named[0]) : named;
  if (!(field instanceof HTMLElement)) return;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.focus({ preventScroll: true });
  // what is typed next takes the place of what was wrong
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select();
  field.scrollIntoView({ block: "center" });
}

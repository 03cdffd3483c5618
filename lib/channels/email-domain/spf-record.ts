import { FOUND_LENGTH_MAX } from "@/lib/channels/email-domain/checks";
import { isSpf, readableTerms } from "@/lib/channels/email-domain/spf-terms";

/**
 * Providers that send under the customer's own domain, and the record that they ask to be included. null: bounces go
 * to a domain of the provider's, so that the customer's SPF is not asked.
 */
const PROVIDERS: ReadonlyArray<readonly [host: string, include: string | null]> = [
  ["smtp.gmail.com", "_spf.google.com"],
  ["smtp-relay.gmail.com", "_spf.google.com"],
  ["office365.com", "spf.protection.outlook.com"],
  ["outlook.com", "spf.protection.outlook.com"],
  ["zoho.com", "zohomail.com"],
  ["zoho.eu", "zohomail.eu"],
  ["fastmail.com", "spf.messagingengine.com"],
  ["mailgun.org", "mailgun.org"],
  ["mailjet.com", "spf.mailjet.com"],
  ["amazonaws.com", null],
  ["sendgrid.net", null],
  ["postmarkapp.com", null],
  ["brevo.com", null],
  ["sendinblue.com", null],
];

/** What the senders of a domain need its SPF record to include, by the hosts that they send through. */
export function wantedIncludes(hosts: readonly string[]): string[] {
  return [...new Set(hosts.flatMap((host) => providerOf(host)?.[1] ?? []))];
}

/**
 * The record that should stand there: one, made of what of the present ones can be read, with what the senders need
 * and an end that lets nobody else in. `broken` is a name that leads nowhere.
 */
export function spfValue(found: readonly string[], hosts: readonly string[], broken?: string): string {
  const kept = found
    .filter((value) => isSpf(value) && value.length < FOUND_LENGTH_MAX)
    .flatMap(readableTerms)
    .filter(({ argument }) => broken === undefined || argument?.toLowerCase() !== broken);
  const terms = kept.filter(({ name }) => name !== "all").map(({ text }) => text);
  const wanted = wantedIncludes(hosts).map((name) => `include:${name}`);
  // an own server is let in by its name where nothing else says who sends
  const own = hosts.filter((host) => !providerOf(host)).map((host) => `a:${host}`);
  const base = terms.length > 0 ? [...terms, ...wanted] : [...wanted, ...own];
  const middle = base.length > 0 ? base : ["mx"];
  const ends = kept.filter(({ name }) => name === "all").map(({ qualifier }) => qualifier);
  const redirected = ends.length === 0 && kept.some(({ name }) => name === "redirect");
  const end = redirected ? [] : [ends.includes("-") ? "-all" : "~all"];
  return ["v=spf1", ...unique(middle), ...end].join(" ");
}

function providerOf(host: string) {
  const name = host.toLowerCase();
  return PROVIDERS.find(([known]) => name === known || name.endsWith(`.${known}`));
}

function unique(terms: readonly string[]): string[] {
  const seen = new Set<string>();
  return terms.filter((term) => {
    const key = term.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

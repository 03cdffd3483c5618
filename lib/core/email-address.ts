import { domainToASCII, domainToUnicode } from "node:url";

export const EMAIL_REASONS = [
  "empty",
  "too_long",
  "control_character",
  "space_inside",
  "forbidden_character",
  "at_missing",
  "at_repeated",
  "local_missing",
  "local_too_long",
  "domain_missing",
  "domain_too_long",
  "domain_invalid",
  "ip_address",
] as const;

export type EmailReason = (typeof EMAIL_REASONS)[number];

export type EmailAddress = {
  local: string;
  /** Lower-case A-label form. */
  domain: string;
  /** What is stored, compared for uniqueness and sent to: the local part as given, the domain as A-label. */
  canonical: string;
  /** As the person wrote it, for screens. */
  display: string;
  /**
   * Counts and suppresses only, never sends: almost no server tells "Ann" from "ann", and without this
   * key every spelling of one mailbox would have send caps of its own.
   */
  comparisonKey: string;
  /** The local part is not ASCII: only a server that offers SMTPUTF8 can take it. */
  needsSmtputf8: boolean;
};

export type EmailResult = { ok: true; value: EmailAddress } | { ok: false; reason: EmailReason };

const MAX_LOCAL_OCTETS = 64;
const MAX_DOMAIN_OCTETS = 255;
const MAX_PATH_OCTETS = 254;
const MAX_LABEL_OCTETS = 63;
// Bounds the work on hostile input; no address of 254 octets has a longer written form worth reading.
const MAX_INPUT_LENGTH = 1024;

const EDGE_SPACES = /^\p{Zs}+|\p{Zs}+$/gu;
const CONTROLS = /[\p{C}\p{Zl}\p{Zp}]/u;
const FORBIDDEN = /[,;<>():"\\[\]]/u;
const SPACE = /\p{Zs}/u;
const IDEOGRAPHIC_STOPS = /[\u3002\uff61]/gu;
const ASCII_OUTSIDE_DOMAIN = /[\0-\x7f]/gu;
const DOMAIN_ASCII = /^[A-Za-z0-9.-]$/;
const LDH_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const IPV6_LIKE = /^\[|^ipv6:/i;

/**
 * The one place where an address is taken apart; nothing later parses it again.
 * The local part is put in NFC and full-width ASCII (as an input method types it) is read as ASCII;
 * beyond that it stays as given: no case folding, no dots or tags removed.
 */
export function parseEmailAddress(input: string): EmailResult {
  if (input.length > MAX_INPUT_LENGTH) return refuse("too_long");
  const text = narrow(input.replace(EDGE_SPACES, "")).normalize("NFC");
  if (text === "") return refuse("empty");
  if (CONTROLS.test(text)) return refuse("control_character");

  const folded = text.normalize("NFKC");
  if (CONTROLS.test(folded)) return refuse("control_character");
  const ats = count(folded, "@");
  if (ats > 1) return refuse("at_repeated");
  // A sign that only folds to "@" is not one: a later reader might or might not take it for one.
  if (ats === 0 || count(text, "@") !== 1) return refuse("at_missing");

  const at = text.indexOf("@");
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (IPV6_LIKE.test(domain)) return refuse("ip_address");
  if (SPACE.test(text)) return refuse("space_inside");
  if (FORBIDDEN.test(text) || FORBIDDEN.test(folded) || SPACE.test(folded)) return refuse("forbidden_character");
  if (local.replaceAll(".", "") === "") return refuse("local_missing");
  if (octets(local) > MAX_LOCAL_OCTETS) return refuse("local_too_long");

  const writtenDomain = domain.replace(IDEOGRAPHIC_STOPS, ".");
  const parsed = parseDomain(writtenDomain);
  if (!parsed.ok) return parsed;
  const canonical = `${local}@${parsed.domain}`;
  if (octets(canonical) > MAX_PATH_OCTETS) return refuse("too_long");
  return {
    ok: true,
    value: {
      local,
      domain: parsed.domain,
      canonical,
      display: `${local}@${writtenDomain}`,
      comparisonKey: `${lowerAscii(local)}@${parsed.domain}`,
      needsSmtputf8: octets(local) !== local.length,
    },
  };
}

/** `j***@example.com`; a local part of one character is hidden whole, so that the mask never is the address. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf("@");
  if (at < 0) return "***";
  const characters = Array.from(new Intl.Segmenter("en").segment(address.slice(0, at)), (part) => part.segment);
  const first = characters.length > 1 ? characters[0] : "";
  return `${first}***${address.slice(at)}`;
}

function parseDomain(written: string): { ok: true; domain: string } | { ok: false; reason: EmailReason } {
  if (written === "") return refuse("domain_missing");
  // domainToASCII reads a URL's host: "/", "%", "_" and the like must not get there.
  for (const [character] of written.matchAll(ASCII_OUTSIDE_DOMAIN)) {
    if (!DOMAIN_ASCII.test(character)) return refuse("domain_invalid");
  }
  const domain = domainToASCII(written);
  if (domain === "") return refuse(looksNumeric(written) ? "ip_address" : "domain_invalid");
  if (domain.length > MAX_DOMAIN_OCTETS) return refuse("domain_too_long");
  const labels = domain.split(".");
  if (labels.some((label) => label.length > MAX_LABEL_OCTETS)) return refuse("domain_too_long");
  if (labels.some((label) => !LDH_LABEL.test(label))) return refuse("domain_invalid");
  if (/^\d+$/.test(labels.at(-1) ?? "")) return refuse("ip_address");
  if (labels.length < 2) return refuse("domain_invalid");
  if (labels.some((label) => !isSoundLabel(label))) return refuse("domain_invalid");
  return { ok: true, domain };
}

// domainToASCII passes an ASCII label through unread, even one whose Punycode says nothing.
function isSoundLabel(label: string): boolean {
  if (!label.startsWith("xn--")) return true;
  const unicode = domainToUnicode(label);
  return unicode !== label && domainToASCII(unicode) === label;
}

function looksNumeric(domain: string): boolean {
  return /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i.test(domain.normalize("NFKC"));
}

function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function octets(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

function refuse(reason: EmailReason): { ok: false; reason: EmailReason } {
  return { ok: false, reason };
}

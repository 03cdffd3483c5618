import { type EmailReason, parseEmailAddress } from "@/lib/core/email-address";

export const DOMAIN_REASONS = [
  "domain_missing",
  "domain_is_address",
  "domain_is_url",
  "domain_ip_address",
  "domain_too_long",
  "domain_single_label",
  "domain_reserved",
  "domain_invalid",
] as const;

export type DomainReason = (typeof DOMAIN_REASONS)[number];
export type DomainResult = { ok: true; domain: string } | { ok: false; reason: DomainReason };

/** Leaves room for the longest name that is published below it. */
const MAX_LENGTH = 215;
const MAX_NAME = 253;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** Ends under which nothing is public: RFC 6761, 6762, 7686, 8375, 9476, and what inside networks use. */
const RESERVED = /(?:^|\.)(?:local|localhost|localdomain|internal|intranet|private|corp|home|lan|invalid|onion|alt|arpa)$/;

/** A domain as somebody typed or pasted it, in its A-label form (UTS 46). */
export function readDomainName(input: string): DomainResult {
  const text = input
    .trim()
    .replace(/^@/, "")
    .replace(/[.。]$/u, "");
  if (text === "") return refuse("domain_missing");
  if (/[/\\]/.test(text)) return refuse("domain_is_url");
  if (text.includes("@")) return refuse("domain_is_address");
  const parsed = parseEmailAddress(`a@${text}`);
  if (!parsed.ok) {
    return refuse(reasonOf(parsed.reason, text));
  }
  const { domain } = parsed.value;
  if (domain.length > MAX_LENGTH) return refuse("domain_too_long");
  return isReserved(domain) ? refuse("domain_reserved") : { ok: true, domain };
}

/** Whether a name that stands in somebody's record may be looked up: nothing there is to tell of an inside network (R46). */
export function isPublicName(name: string): boolean {
  const labels = name.split(".");
  return name.length <= MAX_NAME && labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !isReserved(name);
}

function isReserved(domain: string): boolean {
  return RESERVED.test(domain);
}

function reasonOf(reason: EmailReason, text: string): DomainReason {
  switch (reason) {
    case "ip_address":
      return "domain_ip_address";
    case "too_long":
    case "domain_too_long":
      return "domain_too_long";
    default:
      return /^[\p{L}\p{N}\p{M}-]+$/u.test(text) ? "domain_single_label" : "domain_invalid";
  }
}

function refuse(reason: DomainReason): { ok: false; reason: DomainReason } {
  return { ok: false, reason };
}

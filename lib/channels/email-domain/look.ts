import type { Advice, Judgement, RecordKind } from "@/lib/channels/email-domain/checks";
import { dkimName, judgeDkim } from "@/lib/channels/email-domain/dkim";
import { dmarcName, isDmarc, judgeDmarc } from "@/lib/channels/email-domain/dmarc";
import { isPublicName } from "@/lib/channels/email-domain/name";
import { judgeOwnership, ownershipName } from "@/lib/channels/email-domain/ownership";
import { judgeSpf } from "@/lib/channels/email-domain/spf";
import { wantedIncludes } from "@/lib/channels/email-domain/spf-record";
import type { Answer, Dns } from "@/lib/delivery/dns/lookup";

export interface DomainToLookAt {
  domain: string;
  token: string;
  dkimSelector: string;
  dkimPublicKey: string;
  /** What its senders send through. */
  hosts: readonly string[];
}

/** How far up a record of a domain above is looked for; names of one label are nobody's own. */
const ABOVE_MAX = 5;

/** Asks for everything at once, and judges it. */
export async function lookAtDomain(dns: Dns, wanted: DomainToLookAt): Promise<Record<RecordKind, Judgement>> {
  const { domain, token, dkimSelector, dkimPublicKey, hosts } = wanted;
  const [ownership, spf, dkim, dmarc, mail] = await Promise.all([
    atName(dns, domain, ownershipName(domain), (values) => judgeOwnership(values, token)),
    lookAtSpf(dns, domain, wantedIncludes(hosts)),
    atName(dns, domain, dkimName(dkimSelector, domain), (values) => judgeDkim(values, dkimPublicKey)),
    lookAtDmarc(dns, domain),
    dns.mx(domain),
  ]);
  const mx = judgeMx(mail);
  if (mail.kind === "none" && !mail.nameExists) {
    return eachUnknown({ ownership, spf, dkim, dmarc, mx });
  }
  return { ownership, spf, dkim, dmarc, mx };
}

/** A record with a name of its own: where it is missing, the two usual reasons are looked for. */
async function atName(dns: Dns, domain: string, name: string, judge: (values: readonly string[]) => Judgement): Promise<Judgement> {
  const answer = await dns.txt(name);
  if (answer.kind === "unclear") {
    return unclear(answer.reason);
  }
  const judged = judge(valuesOf(answer));
  if (judged.status !== "missing") {
    return judged;
  }
  const doubled = `${name}.${domain}`;
  const [alias, twice] = await Promise.all([dns.cname(name), isPublicName(doubled) ? dns.txt(doubled) : null]);
  if (twice?.kind === "found" && judge(twice.values).status !== "missing") {
    return { ...judged, status: "wrong", advice: "name_doubled", params: { name: doubled } };
  }
  if (alias.kind === "found" && alias.values[0] !== undefined) {
    return { ...judged, status: "wrong", advice: "cname_in_the_way", params: { name: alias.values[0].slice(0, 253) } };
  }
  return judged;
}

async function lookAtSpf(dns: Dns, domain: string, wanted: readonly string[]): Promise<Judgement> {
  const answer = await dns.txt(domain);
  return answer.kind === "unclear" ? unclear(answer.reason) : judgeSpf(valuesOf(answer), wanted, dns.txt);
}

/** Up the tree to the first record, as receivers go (RFC 7489, 6.6.3). */
async function lookAtDmarc(dns: Dns, domain: string): Promise<Judgement> {
  const own = await atName(dns, domain, dmarcName(domain), (values) => judgeDmarc(values));
  if (own.status !== "missing") {
    return own;
  }
  const labels = domain.split(".");
  for (let cut = 1; cut <= ABOVE_MAX && labels.length - cut >= 2; cut += 1) {
    const above = labels.slice(cut).join(".");
    const answer = await dns.txt(dmarcName(above));
    if (answer.kind === "unclear") {
      return unclear(answer.reason);
    }
    if (answer.kind === "found" && answer.values.some(isDmarc)) {
      return judgeDmarc(answer.values, above);
    }
  }
  return own;
}

/** Without a mail server nobody can answer, and some receivers refuse what comes from there. "." says so outright. */
function judgeMx(answer: Answer<string>): Judgement {
  if (answer.kind === "unclear") {
    return unclear(answer.reason);
  }
  const servers = valuesOf(answer).filter((name) => name !== "" && name !== ".");
  return servers.length > 0 ? { status: "ok", found: [] } : { status: "warning", advice: "mx_missing", found: [] };
}

function eachUnknown(judged: Record<RecordKind, Judgement>): Record<RecordKind, Judgement> {
  const advice: Advice = "domain_unknown";
  const entries = Object.entries(judged).map(([kind, each]) => [kind, each.status === "missing" ? { ...each, advice } : each]);
  return Object.fromEntries(entries) as Record<RecordKind, Judgement>;
}

function unclear(reason: "timeout" | "failed"): Judgement {
  return { status: "unclear", advice: reason === "timeout" ? "dns_timeout" : "dns_failed", found: [] };
}

function valuesOf(answer: Answer<string>): string[] {
  return answer.kind === "found" ? answer.values : [];
}

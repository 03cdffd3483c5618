import { type Judgement, printable } from "@/lib/channels/email-domain/checks";
import { readTags } from "@/lib/channels/email-domain/tags";

const POLICIES = ["none", "quarantine", "reject"] as const;
type Policy = (typeof POLICIES)[number];

const NEW_RECORD = "v=DMARC1; p=quarantine";

export function dmarcName(domain: string): string {
  return `_dmarc.${domain}`;
}

export function isDmarc(text: string): boolean {
  return /^\s*v\s*=\s*DMARC1\s*(?:;|$)/.test(text);
}

/** What should stand there: the record that does, made stricter where it asks for nothing. */
export function dmarcValue(found: readonly string[]): string {
  const records = found.filter((value) => isDmarc(value) && policyOf(value) !== null);
  const [strictest] = records.sort((a, b) => rank(b) - rank(a));
  return strictest?.trim().replace(/(;\s*p\s*=\s*)none\b/i, "$1quarantine") ?? NEW_RECORD;
}

/** `inheritedFrom` names the domain above whose record was found instead. */
export function judgeDmarc(values: readonly string[], inheritedFrom?: string): Judgement {
  const records = values.filter(isDmarc);
  const found = printable(records);
  const [record] = records;
  if (record === undefined) {
    // whatever else a wildcard puts there is nobody's try at one
    const tries = values.filter((value) => /dmarc/i.test(value));
    return tries.length > 0
      ? { status: "wrong", advice: "dmarc_syntax", found: printable(tries) }
      : { status: "missing", advice: "dmarc_missing", found };
  }
  if (records.length > 1) {
    return { status: "wrong", advice: "dmarc_several", params: { count: records.length }, found };
  }
  const policy = policyOf(record, inheritedFrom !== undefined);
  if (policy === null) {
    return { status: "wrong", advice: "dmarc_syntax", found };
  }
  if (policy === "none") {
    return { status: "warning", advice: "dmarc_none", found };
  }
  const percent = Number(readTags(record)?.get("pct") ?? 100);
  if (percent < 100) {
    return { status: "warning", advice: "dmarc_partial", params: { percent }, found };
  }
  return inheritedFrom === undefined
    ? { status: "ok", found }
    : { status: "ok", advice: "dmarc_inherited", params: { domain: inheritedFrom }, found };
}

/** What it asks receivers to do; `below` for a domain under the one where the record stands. */
function policyOf(record: string, below = false): Policy | null {
  const tags = readTags(record);
  const policy = ((below ? tags?.get("sp") : undefined) ?? tags?.get("p"))?.toLowerCase();
  return POLICIES.find((each) => each === policy) ?? null;
}

function rank(record: string): number {
  return POLICIES.indexOf(policyOf(record) ?? "none");
}

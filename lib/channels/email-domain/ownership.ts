import { type Judgement, printable } from "@/lib/channels/email-domain/checks";

const PREFIX = "reachable-domain-verification=";
const LONGEST = 255;

export function ownershipName(domain: string): string {
  return `_reachable.${domain}`;
}

export function ownershipValue(token: string): string {
  return `${PREFIX}${token}`;
}

/** Several may stand side by side: each institution has its own. */
export function judgeOwnership(values: readonly string[], token: string): Judgement {
  const wanted = ownershipValue(token);
  // some DNS screens keep the quotes that a value was pasted with; a longer one is not it, and not worth the work
  const bare = values.filter(({ length }) => length <= LONGEST).map((value) => value.replace(/^[\s"]+|[\s"]+$/g, ""));
  if (bare.includes(wanted)) {
    return { status: "ok", found: [wanted] };
  }
  return values.length > 0
    ? { status: "wrong", advice: "ownership_other", found: printable(values) }
    : { status: "missing", advice: "ownership_missing", found: [] };
}

import { isIPv4, isIPv6 } from "node:net";

export interface SpfTerm {
  /** In lower case: a mechanism, or `redirect`, `exp` and other modifiers. */
  name: string;
  qualifier: "+" | "-" | "~" | "?";
  /** Behind `:` or `=`, without a CIDR length. */
  argument: string | null;
  /** As it stands there. */
  text: string;
}

const WITH_ARGUMENT = ["include", "exists", "ip4", "ip6", "redirect", "exp"];
const MECHANISMS = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];

export function isSpf(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/** The terms of a record, or the first one that receivers would not understand (RFC 7208, 4.6.1). */
export function readSpf(record: string): { ok: true; terms: SpfTerm[] } | { ok: false; term: string } {
  const unreadable = textsOf(record).find((text) => readTerm(text) === null);
  return unreadable === undefined ? { ok: true, terms: readableTerms(record) } : { ok: false, term: unreadable };
}

/** What of a record can be kept, however wrong the rest is. */
export function readableTerms(record: string): SpfTerm[] {
  return textsOf(record).flatMap((text) => readTerm(text) ?? []);
}

function textsOf(record: string): string[] {
  return record
    .slice("v=spf1".length)
    .split(" ")
    .filter((part) => part !== "");
}

/** Whether a term costs the receiver a lookup; ten of them are allowed (RFC 7208, 4.6.4). */
export function costsLookup({ name }: SpfTerm): boolean {
  return ["include", "a", "mx", "ptr", "exists", "redirect"].includes(name);
}

function readTerm(text: string): SpfTerm | null {
  const [, modifier, value] = /^([a-z][a-z0-9_.-]*)=(\S*)$/i.exec(text) ?? [];
  if (modifier !== undefined) {
    const name = modifier.toLowerCase();
    return value || !WITH_ARGUMENT.includes(name) ? { name, qualifier: "+", argument: value ?? "", text } : null;
  }
  const [, sign = "", mechanism = "", rest = ""] = /^([-+~?]?)([a-z0-9]+)([:/]\S*)?$/i.exec(text) ?? [];
  const name = mechanism.toLowerCase();
  if (!MECHANISMS.includes(name) || (name === "all" && rest !== "")) {
    return null;
  }
  const argument = rest.startsWith(":") ? rest.slice(1).replace(/(?:\/\d{1,3})?(?:\/\/\d{1,3})?$/, "") : null;
  if (rest === ":" || (WITH_ARGUMENT.includes(name) && !argument)) {
    return null;
  }
  const isRange = name === "ip4" ? isIPv4(argument ?? "") : name === "ip6" ? isIPv6(argument ?? "") : true;
  return isRange ? { name, qualifier: (sign || "+") as SpfTerm["qualifier"], argument, text } : null;
}

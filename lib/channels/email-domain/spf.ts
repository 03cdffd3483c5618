import { type Judgement, printable } from "@/lib/channels/email-domain/checks";
import { isPublicName } from "@/lib/channels/email-domain/name";
import { costsLookup, isSpf, readSpf, type SpfTerm } from "@/lib/channels/email-domain/spf-terms";
import type { Answer } from "@/lib/delivery/dns/lookup";

const LOOKUPS_MAX = 10;
/** However records refer to each other, no look costs more questions than this. */
const QUESTIONS_MAX = 30;

type Ask = (name: string) => Promise<Answer<string>>;

/** What a receiver would go through. */
interface Walk {
  lookups: number;
  questions: number;
  /** Every name that is included, at whatever depth. */
  included: Set<string>;
  /** The first name that is referred to and has no record, or several. */
  broken: string | null;
  unclear: boolean;
}

/** Judges the records of a domain; `wanted` are the names that its senders' providers ask to be included. */
export async function judgeSpf(values: readonly string[], wanted: readonly string[], ask: Ask): Promise<Judgement> {
  const records = values.filter(isSpf);
  const found = printable(records);
  const [record] = records;
  if (record === undefined) {
    return { status: "missing", advice: "spf_missing", found };
  }
  if (records.length > 1) {
    return { status: "wrong", advice: "spf_several", params: { count: records.length }, found };
  }
  const read = readSpf(record);
  if (!read.ok) {
    const [term = ""] = printable([read.term.slice(0, 100)]);
    return { status: "wrong", advice: "spf_syntax", params: { term }, found };
  }
  const walk: Walk = { lookups: 0, questions: 0, included: new Set(), broken: null, unclear: false };
  await follow(read.terms, walk, ask);
  return { ...judgeWalk(read.terms, walk, wanted), found };
}

function judgeWalk(terms: readonly SpfTerm[], walk: Walk, wanted: readonly string[]): Omit<Judgement, "found"> {
  if (walk.lookups > LOOKUPS_MAX) {
    return { status: "wrong", advice: "spf_too_many_lookups", params: { count: walk.lookups, max: LOOKUPS_MAX } };
  }
  if (walk.broken !== null) {
    return { status: "wrong", advice: "spf_include_broken", params: { name: walk.broken } };
  }
  const end = terms.find(({ name }) => name === "all");
  if (end?.qualifier === "+") {
    return { status: "wrong", advice: "spf_allows_all" };
  }
  if (walk.unclear) {
    return { status: "unclear", advice: "dns_failed" };
  }
  const lacking = wanted.find((name) => !walk.included.has(name));
  if (lacking !== undefined) {
    return { status: "warning", advice: "spf_sender_missing", params: { name: lacking } };
  }
  const redirected = terms.some(({ name }) => name === "redirect");
  return end?.qualifier === "?" || (!end && !redirected) ? { status: "warning", advice: "spf_open_end" } : { status: "ok" };
}

/** Counts a record's lookups and those of the records that it refers to. */
async function follow(terms: readonly SpfTerm[], walk: Walk, ask: Ask): Promise<void> {
  const closed = terms.some(({ name }) => name === "all");
  const counted = terms.filter((term) => costsLookup(term) && !(closed && term.name === "redirect"));
  walk.lookups += counted.length;
  await Promise.all(
    counted.filter(({ name }) => name === "include" || name === "redirect").map(({ argument }) => descend(argument ?? "", walk, ask)),
  );
}

async function descend(target: string, walk: Walk, ask: Ask): Promise<void> {
  const name = target.toLowerCase().replace(/\.$/, "");
  // a macro depends on the mail; what comes again was counted before
  if (name.includes("%") || walk.included.has(name) || walk.questions >= QUESTIONS_MAX) {
    return;
  }
  walk.included.add(name);
  if (!isPublicName(name)) {
    walk.broken ??= printable([name.slice(0, 100)])[0] ?? "";
    return;
  }
  walk.questions += 1;
  const answer = await ask(name);
  if (answer.kind === "unclear") {
    walk.unclear = true;
    return;
  }
  const records = answer.kind === "found" ? answer.values.filter(isSpf) : [];
  const read = records[0] === undefined || records.length > 1 ? null : readSpf(records[0]);
  if (!read?.ok) {
    walk.broken ??= name;
    return;
  }
  await follow(read.terms, walk, ask);
}

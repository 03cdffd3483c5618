/** What a domain's DNS is looked at for; each but `mx` is a record to publish. */
export const RECORD_KINDS = ["ownership", "spf", "dkim", "dmarc", "mx"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** `unclear`: the name servers gave no answer that can be relied on. */
export const RECORD_STATUSES = ["unchecked", "ok", "warning", "missing", "wrong", "unclear"] as const;
export type RecordStatus = (typeof RECORD_STATUSES)[number];

/** What to do about it: each is a sentence `domains.advice.<code>`, filled with the check's `params`. */
export const ADVICE = [
  "domain_unknown",
  "dns_timeout",
  "dns_failed",
  "cname_in_the_way",
  "name_doubled",
  "ownership_missing",
  "ownership_other",
  "spf_missing",
  "spf_several",
  "spf_syntax",
  "spf_too_many_lookups",
  "spf_include_broken",
  "spf_allows_all",
  "spf_sender_missing",
  "spf_open_end",
  "dkim_missing",
  "dkim_several",
  "dkim_syntax",
  "dkim_revoked",
  "dkim_key_type",
  "dkim_key_cut",
  "dkim_key_mismatch",
  "dkim_testing",
  "dmarc_missing",
  "dmarc_several",
  "dmarc_syntax",
  "dmarc_none",
  "dmarc_partial",
  "dmarc_inherited",
  "mx_missing",
] as const;
export type Advice = (typeof ADVICE)[number];

export interface Judgement {
  status: RecordStatus;
  advice?: Advice;
  params?: Record<string, string | number>;
  /** What stands there, made printable and cut. */
  found: string[];
}

export interface RecordCheck extends Judgement {
  kind: RecordKind;
  /** Since when it is known not to be as it should; looks that gave no answer change nothing about it. */
  badSince: string | null;
}

const FOUND_MAX = 5;
export const FOUND_LENGTH_MAX = 2_048;

/** Foreign text for a screen and a JSON column: one line, nothing invisible, a bounded number of bounded lines. */
export function printable(values: readonly string[]): string[] {
  return values.slice(0, FOUND_MAX).map((value) => value.slice(0, FOUND_LENGTH_MAX).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\uFFFD"));
}

/** The checks to keep: with what is remembered of the look before. `at` is the database's time. */
export function remember(before: readonly RecordCheck[], judged: Record<RecordKind, Judgement>, at: string): RecordCheck[] {
  return RECORD_KINDS.map((kind) => {
    const check = judged[kind];
    const last = before.find((each) => each.kind === kind);
    const since = last?.badSince ?? null;
    if (check.status === "unclear") {
      return { kind, ...check, found: last?.found ?? [], badSince: since };
    }
    return { kind, ...check, badSince: check.status === "missing" || check.status === "wrong" ? (since ?? at) : null };
  });
}

/** Kept checks as they come out of the JSON column, where anything could stand. */
export function readChecks(stored: unknown): RecordCheck[] {
  return Array.isArray(stored) ? (stored as RecordCheck[]).filter(({ kind }) => RECORD_KINDS.includes(kind)) : [];
}

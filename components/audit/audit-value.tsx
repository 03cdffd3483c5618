import { ArrowRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateTime } from "@/components/ui/relative-time";

type Snapshot = Record<string, unknown>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
/** Fields whose values are words of ours, not of a person. */
const WORDED = new Set([
  "type",
  "kind",
  "owner",
  "origin",
  "role",
  "method",
  "step",
  "format",
  "outcome",
  "reason",
  "verdict",
  "state",
  "ownership",
  "spf",
  "dkim",
  "dmarc",
]);

/** What an event changed: each field with what it was and what it became. */
export function AuditChanges({ before, after }: { before: Snapshot | null; after: Snapshot | null }) {
  const t = useTranslations("audit");
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !isNothing(before?.[name]) || !isNothing(after?.[name]),
  );
  return names.map((name) => {
    const [was, is] = [before?.[name], after?.[name]];
    const changed = before !== null && after !== null && JSON.stringify(was) !== JSON.stringify(is);
    return (
      <AuditField key={name} label={t.has(`field.${name}`) ? t(`field.${name}`) : name}>
        {changed ? (
          <span className="inline-flex flex-wrap items-center gap-x-1.5">
            <span className="sr-only">{t("was")}</span>
            <span className="text-ink-muted">
              <AuditValue name={name} value={was} />
            </span>
            <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
            <span className="sr-only">{t("is")}</span>
            <span className="font-medium">
              <AuditValue name={name} value={is} />
            </span>
          </span>
        ) : (
          <AuditValue name={name} value={is ?? was} />
        )}
      </AuditField>
    );
  });
}

export function AuditField({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-3 sm:grid-cols-[9rem_minmax(0,1fr)]">
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function AuditValue({ name, value }: { name: string; value: unknown }): ReactNode {
  const t = useTranslations("audit");
  const locale = useLocale();
  if (isNothing(value)) {
    return t("nothing");
  }
  if (typeof value === "boolean") {
    return value ? t("yes") : t("no");
  }
  if (Array.isArray(value)) {
    return value.map((part) => (t.has(`field.${part}`) ? t(`field.${part}`) : String(part))).join(", ");
  }
  if (typeof value === "string" && INSTANT.test(value)) {
    return <DateTime date={value} locale={locale} />;
  }
  if (typeof value === "string" && WORDED.has(name) && t.has(`value.${value}`)) {
    return t(`value.${value}`);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RecordState, STATUS_TONES } from "@/components/domains/domain-state";
import { ToneIcon, toneText } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { cx } from "@/components/ui/cx";
import type { DomainRecord } from "@/lib/channels/email-domain/records";

/** What should stand in DNS, what does, and what to do about it. */
export function RecordList({ records }: { records: readonly DomainRecord[] }) {
  // a mail server is theirs to have: it is spoken of only where it is missed
  const shown = records.filter(({ value, status }) => value !== null || status === "warning");
  return (
    <ul className="divide-y divide-line">
      {shown.map((record) => (
        <RecordItem key={record.kind} record={record} />
      ))}
    </ul>
  );
}

function RecordItem({ record }: { record: DomainRecord }) {
  const t = useTranslations("domains");
  const { kind, type, name, value, found, status, advice, params } = record;
  const title = t(`kind.${kind}.title`);
  // ownership records stand side by side; every other is one
  const changes = kind !== "ownership" && status !== "ok" && found.length > 0;
  return (
    <li className="px-4 py-4 sm:px-5" aria-labelledby={`record-${kind}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id={`record-${kind}`} className="font-semibold">
          {title}
        </h3>
        <RecordState status={status} />
      </div>
      <p className="max-w-prose text-ink-muted">{t(`kind.${kind}.purpose`)}</p>
      <dl className="mt-2 grid gap-y-1">
        <Part term={t("record.type")}>
          <Value label={t("copy.type", { record: title })} text={type} copiedLabel={t("copied")} />
        </Part>
        <Part term={t("record.name")}>
          <Value label={t("copy.name", { record: title })} text={name} copiedLabel={t("copied")} />
        </Part>
        {value !== null && (
          <Part term={changes ? t("record.change") : t("record.value")}>
            <Value label={t("copy.value", { record: title })} text={value} copiedLabel={t("copied")} />
          </Part>
        )}
        {status !== "unchecked" && value !== null && (
          <Part term={t("record.found")}>
            {found.length === 0 ? (
              <span className="text-ink-muted">{t("record.nothing")}</span>
            ) : (
              found.map((text, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two records may say the same
                <code key={index} className="block break-all font-mono text-sm">
                  {text}
                </code>
              ))
            )}
          </Part>
        )}
      </dl>
      {advice && (
        <p className="mt-2 flex max-w-prose items-start gap-1.5">
          <ToneIcon tone={STATUS_TONES[status]} className={cx("mt-[0.1875rem]", toneText[STATUS_TONES[status]])} />
          <span className="min-w-0 break-words">{t(`advice.${advice}`, { ...params })}</span>
        </p>
      )}
    </li>
  );
}

function Part({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[7rem_minmax(0,1fr)] sm:items-baseline">
      <dt className="text-ink-muted">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Value({ text, label, copiedLabel }: { text: string; label: string; copiedLabel: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 select-all break-all rounded-sm bg-sunken px-1.5 py-1 font-mono text-sm">{text}</code>
      <CopyButton text={text} label={label} copiedLabel={copiedLabel} />
    </span>
  );
}

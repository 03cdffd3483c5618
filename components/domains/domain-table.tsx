import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DomainBadge } from "@/components/domains/domain-state";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { DomainState } from "@/lib/channels/email-domain/life";

export type DomainView = {
  id: string;
  domain: string;
  unicode: string | null;
  state: DomainState;
  records: ReadonlyArray<{ kind: string; status: string }>;
  signs: boolean;
  checkedAt: string | null;
  createdAt: string;
};

export function DomainTable({ domains }: { domains: readonly DomainView[] }) {
  const t = useTranslations("domains");
  const columns = [
    { label: t("list.domain") },
    { label: t("list.state") },
    { label: t("list.records") },
    { label: t("list.signed") },
    { label: t("list.checked") },
  ];
  return (
    <Table label={t("title")} columns={columns}>
      {domains.map((domain) => (
        <DomainRow key={domain.id} domain={domain} />
      ))}
    </Table>
  );
}

function DomainRow({ domain: { id, domain, unicode, state, records, signs, checkedAt } }: { domain: DomainView }) {
  const t = useTranslations("domains");
  const locale = useLocale();
  const open = records.filter(({ status }) => status !== "ok");
  return (
    <Row>
      <HeadCell className="max-w-full sm:max-w-80">
        <Link href={`/domains/${id}`} className="break-all rounded-sm font-medium underline-offset-2 hover:underline">
          {domain}
        </Link>
        {unicode !== null && <span className="block break-all text-ink-muted text-sm">{unicode}</span>}
      </HeadCell>
      <Cell label={t("list.state")}>
        <DomainBadge state={state} />
      </Cell>
      <Cell label={t("list.records")}>
        {records.length === 0 ? t("status.unchecked") : open.length === 0 ? t("list.allFine") : t("list.open", { count: open.length })}
      </Cell>
      <Cell label={t("list.signed")}>{signs ? t("yes") : t("no")}</Cell>
      <Cell label={t("list.checked")}>{checkedAt === null ? t("never") : <DateTime date={checkedAt} locale={locale} />}</Cell>
    </Row>
  );
}

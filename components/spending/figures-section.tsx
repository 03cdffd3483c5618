import { MessageSquareText } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { countryName, formatAmount } from "@/components/spending/words";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { Tabs } from "@/components/ui/tabs";
import type { SpendingDto, SpendingLine } from "@/lib/services/sms-spending/get-spending";

type Props = { spending: SpendingDto; ranges: readonly number[] };

/** What went out, what was proven with it, what it cost, and what was held back and why: by country. */
export function FiguresSection({ spending, ranges }: Props) {
  const t = useTranslations("spending");
  const { days, lines, total, policy } = spending;
  const columns = [
    { label: t("figures.country") },
    { label: t("figures.sent"), align: "end" as const },
    { label: t("figures.verified"), align: "end" as const },
    { label: t("figures.cost"), align: "end" as const },
    { label: t("figures.held") },
  ];
  return (
    <Section title={t("figures.title")} description={t("figures.description")} padded={false}>
      <div className="px-4 sm:px-5">
        <Tabs
          label={t("figures.range")}
          tabs={ranges.map((range) => ({
            href: `/spending?days=${range}`,
            label: t("figures.days", { days: range }),
            current: range === days,
          }))}
        />
      </div>
      {lines.length === 0 ? (
        <EmptyState level={3} icon={<MessageSquareText />} title={t("figures.noneTitle")} description={t("figures.noneDescription")} />
      ) : (
        <Table label={t("figures.title")} columns={columns}>
          {lines.map((line) => (
            <FigureRow key={line.country} line={line} currency={policy.currency} />
          ))}
          {lines.length > 1 && <FigureRow line={{ ...total, country: "", dialCode: "", heldReasons: {} }} currency={policy.currency} />}
        </Table>
      )}
    </Section>
  );
}

function FigureRow({ line, currency }: { line: SpendingLine; currency: string }) {
  const t = useTranslations("spending");
  const locale = useLocale();
  const { country, dialCode, sent, verified, held, heldReasons, cost } = line;
  return (
    <Row>
      <HeadCell>
        <span className="font-medium">{country ? countryName(country, locale, t("figures.noCountry")) : t("figures.total")}</span>
        {dialCode && <span className="text-ink-muted"> +{dialCode}</span>}
      </HeadCell>
      <Cell label={t("figures.sent")} align="end" className="tabular-nums">
        {sent}
      </Cell>
      <Cell label={t("figures.verified")} align="end" className="tabular-nums">
        {verified}
      </Cell>
      <Cell label={t("figures.cost")} align="end" className="tabular-nums">
        {formatAmount(cost, currency, locale)}
      </Cell>
      <Cell label={t("figures.held")} wrap>
        {held === 0 ? (
          <span className="text-ink-muted">{t("figures.nothing")}</span>
        ) : (
          <>
            <span className="tabular-nums">{held}</span>
            {Object.entries(heldReasons).map(([reason, times]) => (
              <span key={reason} className="block text-ink-muted text-sm">
                {t(`held.${reason}`, { times })}
              </span>
            ))}
          </>
        )}
      </Cell>
    </Row>
  );
}

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { NumberStateBadge } from "@/components/numbers/number-state";
import { countryName } from "@/components/spending/words";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { NumberDto } from "@/lib/services/numbers/dto";

export function NumberTable({ numbers }: { numbers: readonly NumberDto[] }) {
  const t = useTranslations("numbers");
  const locale = useLocale();
  const columns = [
    { label: t("list.number") },
    { label: t("list.integration") },
    { label: t("list.sender") },
    { label: t("list.state") },
    { label: t("list.since"), align: "end" as const },
  ];
  return (
    <Table label={t("title")} columns={columns}>
      {numbers.map((number) => (
        <Row key={number.id}>
          <HeadCell>
            <Link href={`/numbers/${number.id}`} className="block rounded-sm font-medium underline-offset-2 hover:underline">
              {number.display}
            </Link>
            <span className="block text-ink-muted text-sm">
              {countryName(number.country, locale, t("noCountry"))} · {t(`origin.${number.origin}`)}
            </span>
          </HeadCell>
          <Cell label={t("list.integration")}>{number.integration.name}</Cell>
          <Cell label={t("list.sender")}>
            {number.sender ? (
              <Link href={`/senders/${number.sender.id}`} className="rounded-sm text-accent underline-offset-2 hover:underline">
                {number.sender.name}
              </Link>
            ) : (
              <span className="text-ink-muted">{t("list.noSender")}</span>
            )}
          </Cell>
          <Cell label={t("list.state")}>
            <NumberStateBadge state={number.state} />
          </Cell>
          <Cell label={t("list.since")} align="end" className="text-ink-muted text-sm">
            <DateTime date={number.createdAt} locale={locale} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

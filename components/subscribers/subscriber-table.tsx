import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { LOCALE_NAMES, type Locale } from "@/lib/i18n/locales";

export type SubscriberView = {
  id: string;
  externalId: string;
  name: string | null;
  locale: string | null;
  hasAccount: boolean;
  createdAt: string;
  contactPoints: number;
  verifiedContactPoints: number;
};

export function SubscriberTable({ subscribers }: { subscribers: readonly SubscriberView[] }) {
  const t = useTranslations("subscribers");
  const columns = [
    { label: t("list.subscriber") },
    { label: t("list.contactPoints") },
    { label: t("list.language") },
    { label: t("list.added") },
  ];
  return (
    <Table label={t("title")} columns={columns}>
      {subscribers.map((subscriber) => (
        <SubscriberRow key={subscriber.id} subscriber={subscriber} />
      ))}
    </Table>
  );
}

function SubscriberRow({ subscriber }: { subscriber: SubscriberView }) {
  const t = useTranslations("subscribers");
  const locale = useLocale();
  const { id, externalId, name, contactPoints: count, verifiedContactPoints: verified } = subscriber;
  return (
    <Row>
      <HeadCell className="max-w-full sm:max-w-80">
        <span className="flex flex-wrap items-center gap-x-2">
          <Link href={`/subscribers/${id}`} className="break-words rounded-sm font-medium underline-offset-2 hover:underline">
            {name ?? externalId}
          </Link>
          {subscriber.hasAccount && <Badge icon={null}>{t("account")}</Badge>}
        </span>
        {name !== null && <span className="block break-all text-ink-muted text-sm">{externalId}</span>}
      </HeadCell>
      <Cell label={t("list.contactPoints")}>{count === 0 ? t("list.none") : t("list.count", { count, verified })}</Cell>
      <Cell label={t("list.language")}>{languageName(subscriber.locale) ?? t("defaultLanguage")}</Cell>
      <Cell label={t("list.added")}>
        <DateTime date={subscriber.createdAt} locale={locale} />
      </Cell>
    </Row>
  );
}

export function languageName(locale: string | null): string | undefined {
  return locale === null ? undefined : LOCALE_NAMES[locale as Locale];
}

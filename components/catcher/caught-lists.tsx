import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";

export type MailLine = { id: string; at: string; to: readonly string[]; subject: string };
export type TextLine = { id: string; at: string; to: string; from?: string | undefined; text: string };

export function MailTable({ mails, now }: { mails: readonly MailLine[]; now: string }) {
  const t = useTranslations("catcher");
  const locale = useLocale();
  return (
    <Table label={t("mail")} columns={[{ label: t("list.subject") }, { label: t("list.to") }, { label: t("list.at") }]}>
      {mails.map((mail) => (
        <Row key={mail.id}>
          <HeadCell className="max-w-full sm:max-w-md">
            <Link href={`/catcher/mail/${mail.id}`} className="break-words rounded-sm font-medium underline-offset-2 hover:underline">
              {mail.subject || t("list.noSubject")}
            </Link>
          </HeadCell>
          <Cell label={t("list.to")} className="break-all">
            {mail.to.join(", ")}
          </Cell>
          <Cell label={t("list.at")} className="whitespace-nowrap">
            <RelativeTime date={mail.at} now={now} locale={locale} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

/** Texts as a phone shows them, the newest first. */
export function TextBubbles({ texts, now }: { texts: readonly TextLine[]; now: string }) {
  const t = useTranslations("catcher");
  const locale = useLocale();
  return (
    <ol className="grid max-w-md gap-5 px-4 py-5 sm:px-5">
      {texts.map((caught) => (
        <li key={caught.id}>
          <h2 className="mb-1 flex flex-wrap items-baseline gap-x-2 text-ink-muted text-sm">
            <span>{caught.from ? t("textFromTo", { from: caught.from, to: caught.to }) : t("textTo", { number: caught.to })}</span>
            <RelativeTime date={caught.at} now={now} locale={locale} />
          </h2>
          <p className="w-fit max-w-full whitespace-pre-wrap break-words rounded-xl rounded-bl-sm bg-sunken px-3.5 py-2.5">{caught.text}</p>
        </li>
      ))}
    </ol>
  );
}

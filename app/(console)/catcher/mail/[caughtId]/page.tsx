import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Card, Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { Tabs } from "@/components/ui/tabs";
import { orNotFound, pageContext, single } from "@/lib/actions/page";
import { getCaughtMail } from "@/lib/services/catcher/get";
import type { CaughtMail } from "@/lib/services/catcher/shapes";

type Props = {
  params: Promise<{ caughtId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const VIEWS = ["html", "plain"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("catcher");
  return { title: t("mail") };
}

export default async function CaughtMailPage({ params, searchParams }: Props) {
  const ctx = await pageContext("catcher:read");
  const [{ caughtId }, query, t, locale] = await Promise.all([params, searchParams, getTranslations("catcher"), getLocale()]);
  const mail = await orNotFound(getCaughtMail(ctx, { caughtId }));
  const view = VIEWS.find((value) => value === single(query.view)) ?? "html";
  return (
    <>
      <PageHeader title={mail.subject || t("list.noSubject")} back={{ href: "/catcher", label: t("title") }} />
      <div className="grid gap-5">
        <Card className="p-4 sm:p-5">
          <DescriptionList
            items={[
              { term: t("from"), detail: mail.sender.name ? `${mail.sender.name} <${mail.sender.address}>` : mail.sender.address },
              { term: t("list.to"), detail: mail.to.join(", ") },
              { term: t("list.at"), detail: <DateTime date={mail.at} locale={locale} /> },
            ]}
          />
        </Card>
        <div>
          <Tabs
            label={t("views")}
            tabs={VIEWS.map((value) => ({ href: `/catcher/mail/${mail.id}?view=${value}`, label: t(value), current: value === view }))}
          />
          <Section title={t("body")} padded={false}>
            {view === "html" ? <HtmlBody mail={mail} /> : <PlainBody mail={mail} />}
          </Section>
        </div>
      </div>
    </>
  );
}

async function HtmlBody({ mail }: { mail: CaughtMail }) {
  const t = await getTranslations("catcher");
  if (mail.html === null) {
    return <p className="p-4 text-ink-muted sm:p-5">{t("noHtml")}</p>;
  }
  return (
    <iframe
      title={t("frame", { subject: mail.subject })}
      src={`/catcher/mail/${mail.id}/html`}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      className="block h-[75dvh] w-full"
    />
  );
}

async function PlainBody({ mail }: { mail: CaughtMail }) {
  const t = await getTranslations("catcher");
  if (mail.text === null) {
    return <p className="p-4 text-ink-muted sm:p-5">{t("noPlain")}</p>;
  }
  return <pre className="whitespace-pre-wrap break-words p-4 font-mono text-sm sm:p-5">{withLinks(mail.text)}</pre>;
}

/** Plain text with its web addresses as links, which is what a mail program does. */
function withLinks(text: string) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <a key={index} href={part} target="_blank" rel="noreferrer" className="text-accent underline">
        {part}
      </a>
    ) : (
      part
    ),
  );
}

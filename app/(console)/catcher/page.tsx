import { MailSearch } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/catcher/auto-refresh";
import { MailTable, TextBubbles } from "@/components/catcher/caught-lists";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import { orNotFound, pageContext, single } from "@/lib/actions/page";
import { CAUGHT_KINDS, isCaughtId, listCaught } from "@/lib/services/catcher/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("catcher");
  return { title: t("title") };
}

export default async function CatcherPage({ searchParams }: Props) {
  const ctx = await pageContext("catcher:read");
  const [t, params] = await Promise.all([getTranslations("catcher"), searchParams]);
  const kind = CAUGHT_KINDS.find((value) => value === single(params.kind)) ?? "mail";
  const cursor = single(params.before);
  const before = cursor && isCaughtId(cursor) ? cursor : undefined;
  const { messages, next } = await orNotFound(listCaught(ctx, { kind, before }));
  const now = new Date().toISOString();
  const [newest] = messages;
  const words = newest && (newest.kind === "mail" ? newest.subject : t("textTo", { number: newest.to }));
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          !before && (
            <AutoRefresh
              key={kind}
              latest={newest ? { id: newest.id, words: words ?? "" } : null}
              labels={{ live: t("live"), arrived: t("arrived", { what: "{what}" }) }}
            />
          )
        }
      />
      <Tabs
        label={t("kinds")}
        tabs={CAUGHT_KINDS.map((value) => ({ href: `/catcher?kind=${value}`, label: t(value), current: value === kind }))}
      />
      <Card className="overflow-clip">
        {messages.length === 0 ? (
          <EmptyState icon={<MailSearch />} title={t("empty.title")} description={t("empty.description")} />
        ) : kind === "mail" ? (
          <MailTable mails={messages.filter((message) => message.kind === "mail")} now={now} />
        ) : (
          <TextBubbles texts={messages.filter((message) => message.kind === "text")} now={now} />
        )}
        <Pagination
          previousHref={before ? `/catcher?kind=${kind}` : undefined}
          nextHref={next ? `/catcher?kind=${kind}&before=${next}` : undefined}
        />
      </Card>
    </>
  );
}

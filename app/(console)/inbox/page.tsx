import { CheckCheck, Inbox } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LineButton } from "@/components/inbox/inbox-form";
import { InboxList } from "@/components/inbox/inbox-list";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageContext } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import { listInbox } from "@/lib/services/inbox/list";
import { inboxAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default async function InboxPage({ searchParams }: Props) {
  const ctx = await pageContext("inbox:own");
  const [t, params] = await Promise.all([getTranslations("inbox"), searchParams]);
  const { cursor, hrefs } = paging("/inbox", params);
  const page = await listInbox(ctx, cursor);
  const [newest] = page.items;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {newest ? (
        <InboxList
          items={page.items}
          now={new Date().toISOString()}
          action={inboxAction}
          toolbar={!newest.read && !page.previous && <MarkAll until={newest.createdAt} label={t("markAll")} />}
          footer={<Pagination {...hrefs(page)} />}
        />
      ) : (
        <Card>
          <EmptyState icon={<Inbox />} title={t("empty.title")} description={t("empty.description")} />
        </Card>
      )}
    </>
  );
}

/** Up to the newest line that is shown: one that arrives meanwhile stays unread. */
function MarkAll({ until, label }: { until: string; label: string }) {
  return (
    <div className="flex justify-end border-line border-b px-4 py-2.5 sm:px-5">
      <input type="hidden" name="until" value={until} />
      <LineButton name="all" value="true" icon={<CheckCheck aria-hidden />}>
        {label}
      </LineButton>
    </div>
  );
}

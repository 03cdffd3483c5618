import { BookOpen, KeyRound, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KeyTable } from "@/components/keys/key-table";
import { KeyTabs } from "@/components/keys/key-tabs";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageContext } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import { may } from "@/lib/auth/permissions";
import { listKeys } from "@/lib/services/keys/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

export default async function KeysPage({ searchParams }: Props) {
  const ctx = await pageContext("key:own");
  const [t, apis, params] = await Promise.all([getTranslations("keys"), getTranslations("apis"), searchParams]);
  const { cursor, hrefs } = paging("/keys", params);
  const page = await listKeys(ctx, cursor);
  const seesAll = may(ctx.actor, "key:read");
  return (
    <>
      <PageHeader
        title={t("title")}
        description={seesAll ? t("description") : t("ownDescription")}
        actions={
          <>
            <ButtonLink href="/reference" wide="phone" icon={<BookOpen aria-hidden />}>
              {apis("reference.title")}
            </ButtonLink>
            <ButtonLink href="/keys/new" variant="primary" wide="phone" icon={<Plus aria-hidden />}>
              {t("add")}
            </ButtonLink>
          </>
        }
      />
      <KeyTabs current="keys" signing={seesAll} />
      <Card className="overflow-clip">
        {page.items.length > 0 ? (
          <KeyTable keys={page.items} />
        ) : (
          <EmptyState icon={<KeyRound />} title={t("empty.title")} description={t("empty.description")} />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

import { Globe, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DomainTable } from "@/components/domains/domain-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageContext } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import { listDomains } from "@/lib/services/domains/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("domains");
  return { title: t("title") };
}

export default async function DomainsPage({ searchParams }: Props) {
  const ctx = await pageContext("domain:read");
  const [t, params] = await Promise.all([getTranslations("domains"), searchParams]);
  const { cursor, hrefs } = paging("/domains", params);
  const page = await listDomains(ctx, cursor);
  const add = (
    <ButtonLink href="/domains/new" variant="primary" wide="phone" icon={<Plus aria-hidden />}>
      {t("add")}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={add} />
      <Card className="overflow-clip">
        {page.items.length > 0 ? (
          <DomainTable domains={page.items} />
        ) : (
          <EmptyState icon={<Globe />} title={t("empty.title")} description={t("empty.description")} />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

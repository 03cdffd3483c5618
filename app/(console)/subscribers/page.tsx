import { Contact, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SubscriberTable } from "@/components/subscribers/subscriber-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";
import { pageContext, single } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import { listSubscribers, SUBSCRIBER_SORTS } from "@/lib/services/subscribers/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("subscribers");
  return { title: t("title") };
}

export default async function SubscribersPage({ searchParams }: Props) {
  const ctx = await pageContext("subscriber:read");
  const [t, params] = await Promise.all([getTranslations("subscribers"), searchParams]);
  const q = single(params.q)?.slice(0, 100);
  const sort = SUBSCRIBER_SORTS.find((value) => value === single(params.sort));
  const { cursor, hrefs } = paging("/subscribers", params, { q, sort });
  const page = await listSubscribers(ctx, { q, sort, ...cursor });
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <ButtonLink href="/subscribers/new" variant="primary" wide="phone" icon={<Plus aria-hidden />}>
            {t("add")}
          </ButtonLink>
        }
      />
      <Card className="overflow-clip">
        <FilterBar label={t("filter.label")} applyLabel={t("filter.apply")}>
          <SearchField label={t("filter.search")} defaultValue={q} className="w-full sm:w-72" />
          <Select
            name="sort"
            aria-label={t("filter.sort")}
            defaultValue={sort ?? "newest"}
            options={SUBSCRIBER_SORTS.map((value) => ({ value, label: t(`filter.sorts.${value}`) }))}
          />
        </FilterBar>
        {page.items.length > 0 ? (
          <SubscriberTable subscribers={page.items} />
        ) : (
          <EmptyState
            icon={<Contact />}
            title={t("noMatch.title")}
            description={t("noMatch.description")}
            actions={<ButtonLink href="/subscribers">{t("noMatch.clear")}</ButtonLink>}
          />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

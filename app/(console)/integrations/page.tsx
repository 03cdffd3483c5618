import { Plug, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { IntegrationTable } from "@/components/integrations/integration-table";
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
import { may } from "@/lib/auth/permissions";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import { listIntegrations } from "@/lib/services/integrations/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("integrations"))("title") };
}

export default async function IntegrationsPage({ searchParams }: Props) {
  const ctx = await pageContext("sender:read");
  const [t, params] = await Promise.all([getTranslations("integrations"), searchParams]);
  const q = single(params.q)?.slice(0, 100);
  const channel = CHANNELS.find((value) => value === single(params.channel));
  const { cursor, isFiltered, hrefs } = paging("/integrations", params, { q, channel });
  const page = await listIntegrations(ctx, { q, channel, ...cursor });
  const add = may(ctx.actor, "sender:write") && (
    <ButtonLink href="/integrations/new" variant="primary" wide="phone" icon={<Plus aria-hidden />}>
      {t("add")}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={add} />
      <Card className="overflow-clip">
        <FilterBar label={t("filter.label")} applyLabel={t("filter.apply")}>
          <SearchField label={t("filter.search")} defaultValue={q} className="w-full sm:w-72" />
          <Select
            name="channel"
            aria-label={t("filter.channel")}
            defaultValue={channel ?? ""}
            options={[{ value: "", label: t("filter.anyChannel") }, ...CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))]}
          />
        </FilterBar>
        {page.items.length > 0 ? (
          <IntegrationTable integrations={page.items} />
        ) : isFiltered ? (
          <EmptyState
            icon={<Plug />}
            title={t("noMatch.title")}
            description={t("noMatch.description")}
            actions={<ButtonLink href="/integrations">{t("noMatch.clear")}</ButtonLink>}
          />
        ) : (
          <EmptyState icon={<Plug />} title={t("empty.title")} description={t("empty.description")} />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

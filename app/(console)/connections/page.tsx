import { Cable, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { accountChoices } from "@/app/(console)/connections/account-choices";
import { ConnectionTable } from "@/components/connections/connection-table";
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
import { isId } from "@/lib/core/ids";
import { listConnections } from "@/lib/services/connections/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const MODES = ["subscriber", "shared"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("connections"))("title") };
}

export default async function ConnectionsPage({ searchParams }: Props) {
  const ctx = await pageContext("connection:read");
  const [t, params] = await Promise.all([getTranslations("connections"), searchParams]);
  const q = single(params.q)?.slice(0, 100);
  const mode = MODES.find((value) => value === single(params.mode));
  const named = single(params.integration);
  const integrationId = named && isId(named) ? named : undefined;
  const { cursor, isFiltered, hrefs } = paging("/connections", params, { q, mode, integration: integrationId });
  const [page, accounts] = await Promise.all([
    listConnections(ctx, { q, mode, integrationId, ...cursor }),
    accountChoices(ctx, ({ id, connections }) => connections > 0 || id === integrationId),
  ]);
  const add = may(ctx.actor, "connection:write") && (
    <ButtonLink href="/connections/new" variant="primary" wide="phone" icon={<Plus aria-hidden />}>
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
            name="mode"
            aria-label={t("filter.mode")}
            defaultValue={mode ?? ""}
            options={[{ value: "", label: t("filter.anyMode") }, ...MODES.map((value) => ({ value, label: t(`mode.${value}`) }))]}
          />
          {accounts.length > 0 && (
            <Select
              name="integration"
              aria-label={t("list.account")}
              defaultValue={integrationId ?? ""}
              className="sm:max-w-64"
              options={[{ value: "", label: t("filter.anyAccount") }, ...accounts]}
            />
          )}
        </FilterBar>
        {page.items.length > 0 ? (
          <ConnectionTable connections={page.items} />
        ) : isFiltered ? (
          <EmptyState
            icon={<Cable />}
            title={t("noMatch.title")}
            description={t("noMatch.description")}
            actions={<ButtonLink href="/connections">{t("noMatch.clear")}</ButtonLink>}
          />
        ) : (
          <EmptyState icon={<Cable />} title={t("empty.title")} description={t("empty.description")} />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

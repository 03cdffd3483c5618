import { Cable, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
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
  const [after, before] = [single(params.after)?.slice(0, 512), single(params.before)?.slice(0, 512)];
  const page = await listConnections(ctx, { q, mode, integrationId, ...(before ? { before } : { after }) });
  const kept = { ...(q ? { q } : {}), ...(mode ? { mode } : {}), ...(integrationId ? { integration: integrationId } : {}) };
  const href = (cursor: "after" | "before", value: string | null) =>
    value ? `/connections?${new URLSearchParams({ ...kept, [cursor]: value })}` : undefined;
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
          {integrationId && <input type="hidden" name="integration" value={integrationId} />}
        </FilterBar>
        {page.items.length > 0 ? (
          <ConnectionTable connections={page.items} />
        ) : Object.keys(kept).length > 0 ? (
          <EmptyState
            icon={<Cable />}
            title={t("noMatch.title")}
            description={t("noMatch.description")}
            actions={<ButtonLink href="/connections">{t("noMatch.clear")}</ButtonLink>}
          />
        ) : (
          <EmptyState icon={<Cable />} title={t("empty.title")} description={t("empty.description")} />
        )}
        <Pagination previousHref={href("before", page.previous)} nextHref={href("after", page.next)} />
      </Card>
    </>
  );
}

import { Download, ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditFilterBar, type AuditSearch } from "@/components/audit/audit-filter-bar";
import { AuditTable } from "@/components/audit/audit-table";
import { ButtonLink } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageContext, single } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import { isId } from "@/lib/core/ids";
import { AUDIT_ACTIONS } from "@/lib/services/audit/actions";
import { EXPORT_FORMATS } from "@/lib/services/audit/export";
import { listAudit } from "@/lib/services/audit/list";
import { AUDIT_OUTCOMES, NAMELESS_ACTORS } from "@/lib/services/audit/outcomes";
import { listAuditPeople } from "@/lib/services/audit/people";
import { auditFilters } from "@/lib/services/audit/query";

type Search = Record<string, string | string[] | undefined>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await pageContext("audit:read");
  const [t, params] = await Promise.all([getTranslations("audit"), searchParams]);
  const search = readSearch(params);
  const { cursor, hrefs } = paging("/audit", params, search);
  const page = await listAudit(ctx, { ...search, ...cursor });
  const people = await listAuditPeople(ctx, search.actor && isId(search.actor) ? { chosen: search.actor } : {});
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={EXPORT_FORMATS.map((format) => (
          <a
            key={format}
            href={`/api/v1/audit/export?${new URLSearchParams({ ...search, format })}`}
            download
            className={buttonClass({ wide: "phone" })}
          >
            <Download aria-hidden />
            {t(`export.${format}`)}
          </a>
        ))}
      />
      <Card className="overflow-clip">
        <AuditFilterBar search={search} actions={AUDIT_ACTIONS} outcomes={AUDIT_OUTCOMES} nameless={NAMELESS_ACTORS} people={people} />
        {page.items.length > 0 ? (
          <AuditTable events={page.items} />
        ) : (
          <EmptyState
            icon={<ScrollText />}
            title={t("noMatch.title")}
            description={t("noMatch.description")}
            actions={<ButtonLink href="/audit">{t("noMatch.clear")}</ButtonLink>}
          />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

/** What the address bar asks for; anything that nobody can ask for is left out rather than refused. */
function readSearch(params: Search): AuditSearch {
  const asked = Object.entries(auditFilters).map(([name, schema]) => {
    const { data } = schema.safeParse(single(params[name])?.slice(0, 100));
    return [name, data] as const;
  });
  return Object.fromEntries(asked.filter(([, value]) => value)) as AuditSearch;
}

import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { switchEnabledAction } from "@/app/(console)/contact-points/actions";
import { ContactPointList, type ListSearch } from "@/components/contact-points/contact-point-list";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext, single } from "@/lib/actions/page";
import { CONTACT_POINT_TYPES } from "@/lib/channels/registry";
import { CONTACT_POINT_SORTS, CONTACT_POINT_STATES, listContactPoints } from "@/lib/services/contact-points/list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("contactPoints"))("title") };
}

export default async function ContactPointsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await pageContext("contact_point:own");
  const [t, params] = await Promise.all([getTranslations("contactPoints"), searchParams]);
  const search = readListSearch(params);
  const page = await listContactPoints(ctx, search);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <ButtonLink variant="primary" wide="phone" href="/contact-points/new" icon={<Plus aria-hidden />}>
            {t("add")}
          </ButtonLink>
        }
      />
      <ContactPointList
        page={page}
        search={search}
        types={CONTACT_POINT_TYPES.map((type) => type.id)}
        states={CONTACT_POINT_STATES}
        sorts={CONTACT_POINT_SORTS}
        path="/contact-points"
        addHref="/contact-points/new"
        switchAction={switchEnabledAction}
      />
    </>
  );
}

/** What the address bar asks for; anything it cannot ask for is left out rather than refused. */
function readListSearch(params: Record<string, string | string[] | undefined>): ListSearch {
  const among = (name: string, values: readonly string[]) => values.find((value) => value === single(params[name]));
  const search: Record<keyof ListSearch, string | undefined> = {
    q: single(params["q"])?.slice(0, 100),
    type: among("type", CONTACT_POINT_TYPES.map((type) => type.id)),
    state: among("state", CONTACT_POINT_STATES),
    sort: among("sort", CONTACT_POINT_SORTS),
    after: single(params["after"])?.slice(0, 512),
    before: single(params["before"])?.slice(0, 512),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as ListSearch;
}

import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { switchEnabledAction } from "@/app/(console)/contact-points/actions";
import { readListSearch } from "@/app/(console)/contact-points/read-list-search";
import { ContactPointList } from "@/components/contact-points/contact-point-list";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { CONTACT_POINT_TYPES } from "@/lib/channels/registry";
import { CONTACT_POINT_SORTS, CONTACT_POINT_STATES, listContactPoints } from "@/lib/services/contact-points/list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("contactPoints"))("title") };
}

export default async function ContactPointsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
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

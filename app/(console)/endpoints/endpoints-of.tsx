import { Plus } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { EndpointTable } from "@/components/connections/endpoint-table";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Pagination } from "@/components/ui/pagination";
import { paging } from "@/lib/actions/paging";
import type { Context } from "@/lib/auth/actor";
import { may } from "@/lib/auth/permissions";
import { listEndpoints } from "@/lib/services/endpoints/list";

interface Props {
  ctx: Context;
  of: { connectionId: string } | { subscriberId: string } | { integrationId: string };
  search: Record<string, string | string[] | undefined>;
  /** The page that it stands on. */
  path: string;
  addHref: string;
  description: string;
}

const SHOWN = 10;
/** Of its own, so that it does not turn the pages of another list beside it. */
const NAMES = { after: "endpointsAfter", before: "endpointsBefore" };

/** The endpoints of a connection, a subscriber or an account, a page of them at a time. */
export async function EndpointsOf({ ctx, of, search, path, addHref, description }: Props) {
  const { cursor, hrefs } = paging(path, search, {}, NAMES);
  const [t, page] = await Promise.all([getTranslations("connections"), listEndpoints(ctx, { ...of, limit: SHOWN, ...cursor })]);
  const add = may(ctx.actor, "connection:write") && (
    <ButtonLink href={addHref} icon={<Plus aria-hidden />}>
      {t("endpoint.add")}
    </ButtonLink>
  );
  return (
    <Section title={t("endpoint.title")} description={description} actions={add} padded={page.items.length === 0}>
      {page.items.length === 0 ? <p>{t("endpoint.none")}</p> : <EndpointTable endpoints={page.items} />}
      <Pagination {...hrefs(page)} />
    </Section>
  );
}

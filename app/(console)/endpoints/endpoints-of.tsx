import { Plus } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { EndpointTable } from "@/components/connections/endpoint-table";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Pagination } from "@/components/ui/pagination";
import { single } from "@/lib/actions/page";
import type { Context } from "@/lib/auth/actor";
import { may } from "@/lib/auth/permissions";
import { listEndpoints } from "@/lib/services/endpoints/list";

interface Props {
  ctx: Context;
  of: { connectionId: string } | { subscriberId: string };
  search: Record<string, string | string[] | undefined>;
  /** The page that it stands on. */
  path: string;
  addHref: string;
  description: string;
}

const SHOWN = 10;

/** The endpoints of a connection or a subscriber, a page of them at a time. */
export async function EndpointsOf({ ctx, of, search, path, addHref, description }: Props) {
  // of its own, so that it does not turn the pages of another list beside it
  const [after, before] = [single(search["endpointsAfter"])?.slice(0, 512), single(search["endpointsBefore"])?.slice(0, 512)];
  const [t, page] = await Promise.all([
    getTranslations("connections"),
    listEndpoints(ctx, { ...of, limit: SHOWN, ...(before ? { before } : { after }) }),
  ]);
  const href = (cursor: string, value: string | null) => (value ? `${path}?${new URLSearchParams({ [cursor]: value })}` : undefined);
  const add = may(ctx.actor, "connection:write") && (
    <ButtonLink href={addHref} icon={<Plus aria-hidden />}>
      {t("endpoint.add")}
    </ButtonLink>
  );
  return (
    <Section title={t("endpoint.title")} description={description} actions={add} padded={page.items.length === 0}>
      {page.items.length === 0 ? <p>{t("endpoint.none")}</p> : <EndpointTable endpoints={page.items} />}
      <Pagination previousHref={href("endpointsBefore", page.previous)} nextHref={href("endpointsAfter", page.next)} />
    </Section>
  );
}

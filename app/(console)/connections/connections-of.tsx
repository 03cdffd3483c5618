import { Plus } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { ConnectionTable } from "@/components/connections/connection-table";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Pagination } from "@/components/ui/pagination";
import { paging } from "@/lib/actions/paging";
import type { Context } from "@/lib/auth/actor";
import { may } from "@/lib/auth/permissions";
import { listConnections } from "@/lib/services/connections/list";

interface Props {
  ctx: Context;
  of: { integrationId: string } | { subscriberId: string };
  search: Record<string, string | string[] | undefined>;
  /** The page that it stands on. */
  path: string;
  addHref: string;
  description: string;
}

const SHOWN = 10;
/** Of its own, so that it does not turn the pages of another list beside it. */
const NAMES = { after: "connectionsAfter", before: "connectionsBefore" };

/** The connections of an account or a subscriber, a page of them at a time. */
export async function ConnectionsOf({ ctx, of, search, path, addHref, description }: Props) {
  const { cursor, hrefs } = paging(path, search, {}, NAMES);
  const [t, page] = await Promise.all([getTranslations("connections"), listConnections(ctx, { ...of, limit: SHOWN, ...cursor })]);
  const add = may(ctx.actor, "connection:write") && (
    <ButtonLink href={addHref} icon={<Plus aria-hidden />}>
      {t("add")}
    </ButtonLink>
  );
  return (
    <Section title={t("title")} description={description} actions={add} padded={page.items.length === 0}>
      {page.items.length === 0 ? (
        <p>{t("empty.title")}</p>
      ) : (
        <ConnectionTable connections={page.items} ofOneAccount={"integrationId" in of} />
      )}
      <Pagination {...hrefs(page)} />
    </Section>
  );
}

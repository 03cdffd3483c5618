import { Plus, Ticket } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KeyTabs } from "@/components/keys/key-tabs";
import { TokenTable } from "@/components/keys/token-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageContext } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import { may } from "@/lib/auth/permissions";
import { listAccessTokens } from "@/lib/services/access-tokens/list";
import { revokeAccessTokenAction } from "../actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("tabs.tokens") };
}

export default async function TokensPage({ searchParams }: Props) {
  const ctx = await pageContext("key:own");
  const [t, params] = await Promise.all([getTranslations("keys"), searchParams]);
  const { cursor, hrefs } = paging("/keys/tokens", params);
  const page = await listAccessTokens(ctx, cursor);
  return (
    <>
      <PageHeader
        title={t("tabs.tokens")}
        description={t("tokens.description")}
        actions={
          <ButtonLink href="/keys/tokens/new" variant="primary" wide="phone" icon={<Plus aria-hidden />}>
            {t("tokens.add")}
          </ButtonLink>
        }
      />
      <KeyTabs current="tokens" signing={may(ctx.actor, "key:read")} />
      <Card className="overflow-clip">
        {page.items.length > 0 ? (
          <TokenTable tokens={page.items} revoke={revokeAccessTokenAction} />
        ) : (
          <EmptyState icon={<Ticket />} title={t("tokens.emptyTitle")} description={t("tokens.emptyDescription")} />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

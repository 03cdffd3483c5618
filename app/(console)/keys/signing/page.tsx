import { FileKey, Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KeyTabs } from "@/components/keys/key-tabs";
import { SigningKeyTable } from "@/components/keys/signing-key-table";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageContext } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import { may } from "@/lib/auth/permissions";
import { listSigningKeys } from "@/lib/services/signing-keys/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("tabs.signing") };
}

export default async function SigningKeysPage({ searchParams }: Props) {
  const ctx = await pageContext("key:read");
  const [t, params] = await Promise.all([getTranslations("keys"), searchParams]);
  const { cursor, hrefs } = paging("/keys/signing", params);
  const page = await listSigningKeys(ctx, cursor);
  return (
    <>
      <PageHeader
        title={t("tabs.signing")}
        description={t("signing.description")}
        actions={
          may(ctx.actor, "key:write") && (
            <ButtonLink href="/keys/signing/new" variant="primary" wide="phone" icon={<Plus aria-hidden />}>
              {t("signing.add")}
            </ButtonLink>
          )
        }
      />
      <KeyTabs current="signing" signing />
      <Card className="overflow-clip">
        {page.items.length > 0 ? (
          <SigningKeyTable keys={page.items} />
        ) : (
          <EmptyState icon={<FileKey />} title={t("signing.emptyTitle")} description={t("signing.emptyDescription")} />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

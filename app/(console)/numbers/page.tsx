import { Phone, Plus, ShoppingCart } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NumberTable } from "@/components/numbers/number-table";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageContext, single } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import { listNumbers } from "@/lib/services/numbers/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("numbers");
  return { title: t("title") };
}

export default async function NumbersPage({ searchParams }: Props) {
  const ctx = await pageContext("number:read");
  const [t, params] = await Promise.all([getTranslations("numbers"), searchParams]);
  const { cursor, hrefs } = paging("/numbers", params);
  const page = await listNumbers(ctx, cursor);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <ButtonLink href="/numbers/register" wide="phone" icon={<Plus aria-hidden />}>
              {t("register.open")}
            </ButtonLink>
            <ButtonLink href="/numbers/buy" variant="primary" wide="phone" icon={<ShoppingCart aria-hidden />}>
              {t("buy.open")}
            </ButtonLink>
          </>
        }
      />
      {single(params.gone) && (
        <Alert tone="warn" live="status" className="mb-5">
          {t("gone")}
        </Alert>
      )}
      <Card className="overflow-clip">
        {page.items.length > 0 ? (
          <NumberTable numbers={page.items} />
        ) : (
          <EmptyState icon={<Phone />} title={t("list.noneTitle")} description={t("list.noneDescription")} />
        )}
        <Pagination {...hrefs(page)} />
      </Card>
    </>
  );
}

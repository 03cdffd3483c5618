import { Cable } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { accountChoices } from "@/app/(console)/connections/account-choices";
import { createConnectionAction } from "@/app/(console)/connections/actions";
import { identifierField, ownerFields, workspaceFields } from "@/app/(console)/connections/connection-fields";
import { SpecForm } from "@/components/form/spec-form";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext, single } from "@/lib/actions/page";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("connections"))("add") };
}

export default async function NewConnectionPage({ searchParams }: Props) {
  const ctx = await pageContext("connection:write");
  const [t, params, accounts] = await Promise.all([getTranslations("connections"), searchParams, accountChoices(ctx)]);
  const chosen = accounts.find(({ value }) => value === single(params.integration));
  const subscriber = single(params.subscriber)?.slice(0, 255);
  const fields = [...(await ownerFields(accounts)), ...(await workspaceFields()), await identifierField()];
  return (
    <>
      <PageHeader title={t("add")} description={t("addDescription")} back={{ href: "/connections", label: t("title") }} />
      <Card className="p-4 sm:p-6">
        {accounts.length === 0 ? (
          <EmptyState
            icon={<Cable />}
            title={t("empty.title")}
            description={t("needAccount")}
            actions={<ButtonLink href="/integrations/new">{t("addAccount")}</ButtonLink>}
          />
        ) : (
          <SpecForm
            spec={{ id: "connection", fields }}
            action={createConnectionAction}
            submitLabel={t("add")}
            initial={{ ...(chosen ? { integrationId: chosen.value } : {}), ...(subscriber ? { externalId: subscriber } : {}) }}
            cancel={{ href: "/connections", label: t("cancel") }}
          />
        )}
      </Card>
    </>
  );
}

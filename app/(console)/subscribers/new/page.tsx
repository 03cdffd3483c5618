import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { SubscriberFields } from "@/components/subscribers/subscriber-fields";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { createSubscriberAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("subscribers");
  return { title: t("add") };
}

export default async function NewSubscriberPage() {
  await pageContext("subscriber:write");
  const t = await getTranslations("subscribers");
  return (
    <>
      <PageHeader title={t("add")} description={t("addDescription")} back={{ href: "/subscribers", label: t("title") }} />
      <Card className="p-4 sm:p-6">
        <ActionForm action={createSubscriberAction} label={t("add")} className="max-w-form">
          <SubscriberFields />
          <div className="flex flex-wrap gap-2">
            <SubmitButton wide="phone">{t("add")}</SubmitButton>
            <ButtonLink href="/subscribers" variant="ghost" wide="phone">
              {t("cancel")}
            </ButtonLink>
          </div>
        </ActionForm>
      </Card>
    </>
  );
}

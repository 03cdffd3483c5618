import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { createDomainAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("domains");
  return { title: t("add") };
}

export default async function NewDomainPage() {
  await pageContext("domain:write");
  const t = await getTranslations("domains");
  return (
    <>
      <PageHeader title={t("add")} description={t("addDescription")} back={{ href: "/domains", label: t("title") }} />
      <Card className="p-4 sm:p-6">
        <ActionForm action={createDomainAction} label={t("add")} className="max-w-form">
          <TextField
            name="domain"
            label={t("field.domain")}
            hint={t("field.domainHint")}
            placeholder="clinic.example"
            required
            maxLength={1024}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            inputMode="url"
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton wide="phone">{t("add")}</SubmitButton>
            <ButtonLink href="/domains" variant="ghost" wide="phone">
              {t("cancel")}
            </ButtonLink>
          </div>
        </ActionForm>
      </Card>
    </>
  );
}

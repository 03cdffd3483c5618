import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { InstitutionFields } from "@/components/institution/institution-fields";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { getInstitution } from "@/lib/services/institution/get-institution";
import { createInstitutionAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("institution");
  return { title: t("newTitle") };
}

export default async function NewInstitutionPage() {
  const ctx = await pageContext("institution:create");
  const [t, current] = await Promise.all([getTranslations("institution"), getInstitution(ctx)]);
  return (
    <>
      <PageHeader title={t("newTitle")} description={t("newDescription")} back={{ href: "/settings", label: t("title") }} />
      <Section title={t("about")}>
        <ActionForm action={createInstitutionAction} label={t("newTitle")} className="max-w-form">
          <InstitutionFields values={{ ...current, name: "" }} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton>{t("create")}</SubmitButton>
            <ButtonLink href="/settings">{t("cancel")}</ButtonLink>
          </div>
        </ActionForm>
      </Section>
    </>
  );
}

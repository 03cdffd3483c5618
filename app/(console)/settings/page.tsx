import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { InstitutionFields } from "@/components/institution/institution-fields";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { getInstitution } from "@/lib/services/institution/get-institution";
import { updateInstitutionAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("institution");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const ctx = await pageContext("institution:write");
  const [t, institution] = await Promise.all([getTranslations("institution"), getInstitution(ctx)]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={institution.name}
        actions={
          may(ctx.actor, "institution:create") && (
            <ButtonLink href="/settings/new-institution" wide="phone" icon={<Plus aria-hidden />}>
              {t("newTitle")}
            </ButtonLink>
          )
        }
      />
      <Section title={t("about")}>
        <ActionForm key={institution.id} action={updateInstitutionAction} label={t("about")} className="max-w-form">
          <InstitutionFields values={institution} />
          <div>
            <SubmitButton>{t("save")}</SubmitButton>
          </div>
        </ActionForm>
      </Section>
    </>
  );
}

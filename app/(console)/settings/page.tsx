import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { InstitutionFields } from "@/components/institution/institution-fields";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import { getInstitution } from "@/lib/services/institution/get-institution";
import { updateInstitutionAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("institution");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const ctx = await pageContext("institution:write");
  const [t, institution] = await Promise.all([getTranslations("institution"), getInstitution(ctx)]);
  const named = (term: string, hint: string, id: string) => ({
    term,
    detail: (
      <>
        <code className="break-all font-mono text-sm">{id}</code>
        <span className="block text-ink-muted text-sm">{hint}</span>
      </>
    ),
    actions: <CopyButton text={id} label={t("programs.copy", { name: term })} copiedLabel={t("programs.copied")} />,
  });
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
      <div className="grid gap-5">
        <Section title={t("about")}>
          <ActionForm key={institution.id} action={updateInstitutionAction} label={t("about")} className="max-w-form">
            <InstitutionFields values={institution} />
            <div>
              <SubmitButton>{t("save")}</SubmitButton>
            </div>
          </ActionForm>
        </Section>
        <Section title={t("programs.title")} description={t("programs.description")}>
          <DescriptionList
            items={[
              named(t("programs.bizId"), t("programs.bizIdHint"), toBizId("institution", institution.id)),
              named(t("programs.id"), t("programs.idHint"), institution.id),
            ]}
          />
        </Section>
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { RadioField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { may, ROLES } from "@/lib/auth/permissions";
import { inviteMemberAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("members");
  return { title: t("invite.title") };
}

export default async function InvitePage() {
  const ctx = await pageContext("member:invite");
  const t = await getTranslations("members");
  const roles = ROLES.filter((role) => role !== "owner" || may(ctx.actor, "owner:grant"));
  return (
    <>
      <PageHeader title={t("invite.title")} description={t("invite.description")} back={{ href: "/members", label: t("title") }} />
      <Section title={t("invite.who")}>
        <ActionForm action={inviteMemberAction} label={t("invite.title")} className="max-w-form">
          <TextField
            name="email"
            type="email"
            inputMode="email"
            label={t("invite.email")}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={320}
            required
          />
          <RadioField
            name="role"
            legend={t("list.role")}
            defaultValue="member"
            required
            options={roles.map((role) => ({ value: role, label: t(`role.${role}`), hint: t(`roleHint.${role}`) }))}
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton>{t("invite.submit")}</SubmitButton>
            <ButtonLink href="/members">{t("invite.cancel")}</ButtonLink>
          </div>
        </ActionForm>
      </Section>
    </>
  );
}

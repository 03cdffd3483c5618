import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { addPushSenderAction } from "@/app/(console)/subscriptions/actions";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { HumanCheck } from "@/components/form/human-check";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("subscriptions"))("new.push") };
}

export default async function NewPushSenderPage() {
  const ctx = await pageContext("sender:write");
  const [t, words] = await Promise.all([getTranslations("senders"), getTranslations("subscriptions")]);
  const email = ctx.actor.type === "member" ? ctx.actor.email : "";
  return (
    <>
      <PageHeader
        title={words("new.push")}
        description={words("new.pushHint")}
        back={{ href: "/senders/new", label: t("new.otherProvider") }}
      />
      <Section title={t("settings.title")} description={words("new.keys")}>
        <ActionForm action={addPushSenderAction} label={words("new.push")} className="max-w-form">
          <TextField name="name" label={t("field.name.label")} hint={t("field.name.hint")} maxLength={255} required />
          <TextField
            name="subject"
            label={words("sender.subject")}
            hint={words("sender.subjectHint")}
            defaultValue={email && `mailto:${email}`}
            maxLength={512}
            required
          />
          <TextField name="remark" label={t("field.remark.label")} maxLength={255} />
          <HumanCheck action="add" />
          <div className="flex flex-wrap gap-2">
            <SubmitButton wide="phone">{t("new.submit")}</SubmitButton>
            <ButtonLink href="/senders" wide="phone">
              {t("cancel")}
            </ButtonLink>
          </div>
        </ActionForm>
      </Section>
    </>
  );
}

import { MessageSquare } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { addChatSenderAction } from "@/app/(console)/subscriptions/actions";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { HumanCheck } from "@/components/form/human-check";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext, single } from "@/lib/actions/page";
import { listIntegrations } from "@/lib/services/integrations/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("subscriptions"))("new.chat") };
}

export default async function NewChatSenderPage({ searchParams }: Props) {
  const ctx = await pageContext("sender:write");
  const [t, words, params] = await Promise.all([getTranslations("senders"), getTranslations("subscriptions"), searchParams]);
  const { items } = await listIntegrations(ctx, { channel: "chat", limit: 100 });
  const wanted = single(params.integration);
  const chosen = items.find(({ id }) => id === wanted) ?? items[0];
  return (
    <>
      <PageHeader
        title={words("new.chat")}
        description={words("new.chatHint")}
        back={{ href: "/senders/new", label: t("new.otherProvider") }}
      />
      {chosen === undefined ? (
        <Card>
          <EmptyState
            icon={<MessageSquare />}
            title={words("new.noChat")}
            description={words("new.noChatHint")}
            actions={<ButtonLink href="/integrations/new">{words("new.addChat")}</ButtonLink>}
          />
        </Card>
      ) : (
        <Section title={t("settings.title")}>
          <ActionForm action={addChatSenderAction} label={words("new.chat")} className="max-w-form">
            <SelectField
              name="integrationId"
              label={words("new.integration")}
              options={items.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={chosen.id}
            />
            <TextField name="name" label={t("field.name.label")} hint={t("field.name.hint")} maxLength={255} required />
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
      )}
    </>
  );
}

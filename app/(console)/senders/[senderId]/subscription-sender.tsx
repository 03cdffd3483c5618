import { getLocale, getTranslations } from "next-intl/server";
import { InApis } from "@/app/(console)/in-apis";
import { senderView } from "@/app/(console)/native-views";
import { History } from "@/app/(console)/senders/[senderId]/history";
import { deleteSenderAction, switchSenderAction } from "@/app/(console)/senders/actions";
import { deleteSubscriptionAction, updateSubscriptionSenderAction } from "@/app/(console)/subscriptions/actions";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { DeleteSender } from "@/components/senders/delete-button";
import { SenderSwitch } from "@/components/senders/enabled-switch";
import { providerName } from "@/components/senders/provider-name";
import { STANDING_TONE, standingOf } from "@/components/senders/standing";
import { SubscriptionSection } from "@/components/subscriptions/subscription-table";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import type { Context } from "@/lib/auth/actor";
import { may } from "@/lib/auth/permissions";
import { notiflowsView } from "@/lib/dialects/notiflows/view";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { listSubscriptions } from "@/lib/services/subscriptions/list";

type Props = { ctx: Context; sender: SenderDetailDto; cursor: { after?: string; before?: string } };

/** A push or chat sender: who is subscribed to it, and what it is known by. It has no address to prove and no default. */
export async function SubscriptionSender({ ctx, sender, cursor }: Props) {
  const [t, words] = await Promise.all([getTranslations("senders"), getTranslations("subscriptions")]);
  const page = await listSubscriptions(ctx, { senderId: sender.id, ...cursor });
  const standing = standingOf(sender);
  const query = (next: { after?: string; before?: string }) => `/senders/${sender.id}?${new URLSearchParams(next)}`;
  return (
    <>
      <PageHeader
        title={sender.name}
        description={sender.remark}
        status={<Badge tone={STANDING_TONE[standing]}>{t(`standing.${standing}`)}</Badge>}
        back={{ href: "/senders", label: t("title") }}
        actions={<Delete sender={sender} />}
      />
      <div className="grid gap-5">
        <Alert tone="info" title={words("kept.title")}>
          {words("kept.body")}
        </Alert>
        <div className="grid gap-5 lg:grid-cols-2">
          <About sender={sender} />
          <Edit sender={sender} />
        </div>
        <SubscriptionSection
          page={page}
          by="subscriber"
          href={query}
          remove={may(ctx.actor, "subscription:write") ? deleteSubscriptionAction : null}
        />
        <History ctx={ctx} senderId={sender.id} sends={false} />
        <InApis views={[senderView(sender), notiflowsView(sender)]} />
      </div>
    </>
  );
}

async function Delete({ sender }: { sender: SenderDetailDto }) {
  const [t, words] = await Promise.all([getTranslations("senders.delete"), getTranslations("subscriptions")]);
  return (
    <DeleteSender
      senderId={sender.id}
      action={deleteSenderAction}
      labels={{
        trigger: t("trigger"),
        title: t("title", { name: sender.name }),
        description: sender.type === "push" ? words("sender.deletePush") : words("sender.deleteChat"),
        confirm: t("confirm"),
        cancel: t("cancel"),
        close: t("close"),
        deleted: t("deleted", { name: sender.name }),
      }}
    />
  );
}

async function About({ sender }: { sender: SenderDetailDto }) {
  const [t, words, locale, provider] = await Promise.all([
    getTranslations("senders"),
    getTranslations("subscriptions.sender"),
    getLocale(),
    providerName(sender.provider),
  ]);
  const { publicKey } = sender.config;
  const secret = sender.secrets.find(({ field }) => field === "privateKey");
  const copied = (term: string, text: string) => ({
    term,
    detail: <span className="break-all font-mono text-sm">{text}</span>,
    actions: <CopyButton text={text} label={words("copy", { name: term })} copiedLabel={words("copied")} />,
  });
  return (
    <Section title={t("detail.title")} description={sender.sending ? words("on") : words("off")}>
      <div className="grid gap-5">
        <div className="flex items-center justify-between gap-4">
          <p className="font-medium">{words("switch")}</p>
          <SenderSwitch senderId={sender.id} enabled={sender.sending} label={words("switch")} action={switchSenderAction} />
        </div>
        <DescriptionList
          items={[
            { term: t("detail.provider"), detail: provider },
            copied(words("channelId"), sender.id),
            ...(typeof publicKey === "string" ? [copied(words("publicKey"), publicKey)] : []),
            ...(secret
              ? [
                  {
                    term: words("privateKey"),
                    detail: (
                      <>
                        {words("sealed")} <DateTime date={secret.at} locale={locale} />
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </div>
    </Section>
  );
}

async function Edit({ sender }: { sender: SenderDetailDto }) {
  const [t, words] = await Promise.all([getTranslations("senders"), getTranslations("subscriptions.sender")]);
  const { subject } = sender.config;
  return (
    <Section title={t("settings.title")}>
      <ActionForm action={updateSubscriptionSenderAction} label={t("settings.title")} className="max-w-form">
        <input type="hidden" name="senderId" value={sender.id} />
        <TextField
          name="name"
          label={t("field.name.label")}
          hint={t("field.name.hint")}
          defaultValue={sender.name}
          maxLength={255}
          required
        />
        {typeof subject === "string" && (
          <TextField name="subject" label={words("subject")} hint={words("subjectHint")} defaultValue={subject} maxLength={512} required />
        )}
        <TextField name="remark" label={t("field.remark.label")} defaultValue={sender.remark ?? ""} maxLength={255} />
        <div>
          <SubmitButton wide="phone">{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

import { Copy, Star } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InApis } from "@/app/(console)/in-apis";
import { senderView } from "@/app/(console)/native-views";
import { Health } from "@/app/(console)/senders/[senderId]/health";
import { History } from "@/app/(console)/senders/[senderId]/history";
import { isIdle, MakeDefault, NextStep } from "@/app/(console)/senders/[senderId]/next-step";
import { Proof } from "@/app/(console)/senders/[senderId]/proof";
import { Settings } from "@/app/(console)/senders/[senderId]/settings";
import { StandingSection } from "@/app/(console)/senders/[senderId]/standing-section";
import { SubscriptionSender } from "@/app/(console)/senders/[senderId]/subscription-sender";
import { deleteSenderAction, duplicateSenderAction } from "@/app/(console)/senders/actions";
import { readListSearch } from "@/app/(console)/senders/read-list-search";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { DeleteSender } from "@/components/senders/delete-button";
import { isMessageSender, type MessageSender } from "@/components/senders/message-sender";
import { ProvenNotice } from "@/components/senders/proven-notice";
import { STANDING_TONE, standingOf } from "@/components/senders/standing";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { slaunchxView } from "@/lib/dialects/slaunchx/view";
import { votelView } from "@/lib/dialects/votel/view";
import { getSender } from "@/lib/services/senders/get";
import { getBoundSender } from "@/lib/services/senders/get-bound";

type Params = { params: Promise<{ senderId: string }> };
type Props = Params & { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const ctx = await pageContext("sender:read");
  const { name } = await orNotFound(getSender(ctx, { senderId: idParam((await params).senderId) }));
  return { title: name };
}

export default async function SenderPage({ params, searchParams }: Props) {
  const ctx = await pageContext("sender:read");
  const sender = await orNotFound(getSender(ctx, { senderId: idParam((await params).senderId) }));
  if (!isMessageSender(sender)) {
    const { after, before } = readListSearch(await searchParams);
    return <SubscriptionSender ctx={ctx} sender={sender} cursor={{ ...(after ? { after } : {}), ...(before ? { before } : {}) }} />;
  }
  const [t, bound] = await Promise.all([getTranslations("senders"), getBoundSender(ctx, { senderId: sender.id })]);
  const standing = standingOf(sender);
  return (
    <>
      <PageHeader
        title={sender.name}
        description={sender.remark}
        status={
          <>
            <Badge tone={STANDING_TONE[standing]}>{t(`standing.${standing}`)}</Badge>
            {sender.isDefault && (
              <Badge tone="info" icon={<Star aria-hidden />}>
                {t("default.badge")}
              </Badge>
            )}
          </>
        }
        back={{ href: "/senders", label: t("title") }}
        actions={<Actions sender={sender} />}
      />
      <div className="grid gap-5">
        {standing === "changing" && (
          <Alert tone="warn" title={t("changing.title")}>
            {t("changing.body")}
          </Alert>
        )}
        {!sender.proven && <Proof ctx={ctx} sender={sender} />}
        <ProvenNotice proven={sender.proven} message={t("proof.done")} />
        {isIdle(sender) && <NextStep ctx={ctx} sender={sender} />}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <StandingSection sender={sender} domainId={bound.emailDomainId} />
          <Health sender={sender} now={new Date()} />
        </div>
        <Settings ctx={ctx} sender={sender} />
        <History ctx={ctx} senderId={sender.id} />
        <InApis views={[senderView(sender), slaunchxView(bound.institutionId, sender), votelView(bound)]} />
      </div>
    </>
  );
}

async function Actions({ sender }: { sender: MessageSender }) {
  const t = await getTranslations("senders");
  return (
    <>
      {!sender.isDefault && !isIdle(sender) && <MakeDefault senderId={sender.id} label={t("default.make")} />}
      <ActionForm action={duplicateSenderAction} label={t("duplicate")}>
        <input type="hidden" name="senderId" value={sender.id} />
        <SubmitButton variant="secondary" icon={<Copy aria-hidden />}>
          {t("duplicate")}
        </SubmitButton>
      </ActionForm>
      <DeleteSender
        senderId={sender.id}
        keepNumber={sender.phoneNumberId !== null}
        action={deleteSenderAction}
        labels={{
          trigger: t("delete.trigger"),
          title: t("delete.title", { name: sender.name }),
          description:
            sender.phoneNumberId === null ? t("delete.description") : t("delete.keepsNumber", { number: sender.fromNumber ?? "" }),
          confirm: t("delete.confirm"),
          cancel: t("delete.cancel"),
          close: t("delete.close"),
          deleted: t("delete.deleted", { name: sender.name }),
        }}
      />
    </>
  );
}

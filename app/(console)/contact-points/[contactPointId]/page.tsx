import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ComponentProps } from "react";
import { Delivery } from "@/app/(console)/contact-points/[contactPointId]/delivery";
import { History } from "@/app/(console)/contact-points/[contactPointId]/history";
import { OptOuts } from "@/app/(console)/contact-points/[contactPointId]/opt-outs";
import {
  abandonChangeAction,
  deleteAction,
  renameAction,
  restoreAction,
  startVerificationAction,
  submitCodeAction,
} from "@/app/(console)/contact-points/actions";
import { InApis } from "@/app/(console)/in-apis";
import { contactPointView } from "@/app/(console)/native-views";
import { standingLabels } from "@/components/contact-points/contact-point-list";
import { DeleteButton } from "@/components/contact-points/delete-button";
import { STANDING_TONE, standingOf } from "@/components/contact-points/standing";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { useFormStrings } from "@/components/form/form-strings";
import { SubmitButton } from "@/components/form/submit-button";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { panelLabels } from "@/components/verification/panel-labels";
import { VerificationPanel } from "@/components/verification/verification-panel";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import type { Context } from "@/lib/auth/actor";
import { contactPointType } from "@/lib/channels/registry";
import { closientView } from "@/lib/dialects/closient/view";
import { env } from "@/lib/env";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { getVerificationStatus } from "@/lib/services/verifications/status";

type Params = { params: Promise<{ contactPointId: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const ctx = await pageContext("contact_point:own");
  const { label } = await orNotFound(getContactPoint(ctx, { contactPointId: idParam((await params).contactPointId) }));
  return { title: label };
}

export default async function ContactPointPage({ params }: Params) {
  const ctx = await pageContext("contact_point:own");
  const contactPointId = idParam((await params).contactPointId);
  const point = await orNotFound(getContactPoint(ctx, { contactPointId }));
  const [t, standings] = await Promise.all([getTranslations("contactPoints"), standingLabels()]);
  const standing = standingOf(point);
  const listHref = point.own ? "/contact-points" : `/subscribers/${point.subscriberId}`;
  return (
    <>
      <PageHeader
        title={point.label}
        status={<Badge tone={STANDING_TONE[standing]}>{standings[standing]}</Badge>}
        back={{ href: listHref, label: point.own ? t("title") : t("detail.subscriber") }}
        actions={
          <DeleteButton
            contactPointId={point.id}
            listHref={listHref}
            labels={await deleteLabels(point)}
            remove={deleteAction}
            restore={restoreAction}
          />
        }
      />
      <div className="grid gap-5">
        {(point.needsAction || point.locked) && <Proof ctx={ctx} point={point} />}
        {point.type === "sms" && <OptOuts ctx={ctx} contactPointId={point.id} />}
        <Delivery point={point} />
        <Details point={point} />
        <History ctx={ctx} contactPointId={point.id} />
        <InApis views={[contactPointView(point), closientView(point)]} />
      </div>
    </>
  );
}

async function Proof({ ctx, point }: { ctx: Context; point: ContactPointDto }) {
  const t = await getTranslations("contactPoints");
  const kind = contactPointType(point.type)?.verification.kind;
  if (!kind) {
    return null;
  }
  const changing = point.verified && point.pendingAddress !== null;
  const status = await getVerificationStatus(ctx, { contactPointId: point.id });
  return (
    <Section
      title={changing ? t("verification.changeTitle") : t("verification.title")}
      description={changing ? t("verification.changeDescription", { address: point.address }) : t("verification.description")}
      actions={
        changing && (
          <ActionForm action={abandonChangeAction} label={t("verification.abandon")}>
            <input type="hidden" name="contactPointId" value={point.id} />
            <SubmitButton variant="secondary">{t("verification.abandon")}</SubmitButton>
          </ActionForm>
        )
      }
    >
      {!point.own && <p className="mb-3 text-ink-muted">{t("verification.notYours")}</p>}
      {point.undeliverableReason && (
        <Alert tone="bad" className="mb-4">
          {t("verification.undeliverable")}
        </Alert>
      )}
      <Panel
        key={point.updatedAt}
        contactPointId={point.id}
        initial={status}
        own={point.own}
        labels={await panelLabels(kind, env().limits.attemptsMax)}
        submitCode={submitCodeAction}
        start={startVerificationAction}
      />
    </Section>
  );
}

function Panel(props: Omit<ComponentProps<typeof VerificationPanel>, "strings">) {
  return <VerificationPanel {...props} strings={useFormStrings()} />;
}

async function Details({ point }: { point: ContactPointDto }) {
  const [t, types, locale] = await Promise.all([getTranslations("contactPoints"), getTranslations("contactPointTypes"), getLocale()]);
  const known = contactPointType(point.type);
  const hasAddress = known !== undefined && Object.keys(known.config.shape).length > 0;
  return (
    <Section title={t("detail.title")}>
      <div className="grid gap-6">
        <ActionForm action={renameAction} label={t("label.label")} className="max-w-form">
          <input type="hidden" name="contactPointId" value={point.id} />
          <TextField name="label" label={t("label.label")} hint={t("label.hint")} defaultValue={point.label} required maxLength={100} />
          <div>
            <SubmitButton variant="secondary">{t("label.save")}</SubmitButton>
          </div>
        </ActionForm>
        <DescriptionList
          items={[
            { term: t("detail.type"), detail: known ? types(`${known.id}.name`) : t("unknownType") },
            ...(hasAddress
              ? [
                  {
                    term: t("detail.address"),
                    detail: <span className="break-all">{point.address}</span>,
                    actions: (
                      <ButtonLink size="sm" href={`/contact-points/${point.id}/address`}>
                        {t("detail.changeAddress")}
                      </ButtonLink>
                    ),
                  },
                ]
              : []),
            {
              term: t("detail.verified"),
              detail: point.verifiedAt ? <DateTime date={point.verifiedAt} locale={locale} /> : t("detail.notYet"),
            },
            { term: t("detail.added"), detail: <DateTime date={point.createdAt} locale={locale} /> },
          ]}
        />
      </div>
    </Section>
  );
}

async function deleteLabels(point: ContactPointDto) {
  const t = await getTranslations("contactPoints.delete");
  return {
    trigger: t("trigger"),
    title: t("title", { label: point.label }),
    description: point.verified ? t("descriptionVerified", { address: point.address || point.label }) : t("description"),
    confirm: t("confirm"),
    cancel: t("cancel"),
    close: t("close"),
    deleted: t("deleted", { label: point.label }),
    undo: t("undo"),
    restored: t("restored", { label: point.label }),
  };
}

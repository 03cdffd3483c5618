import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { addNumberSenderAction, checkPurchaseAction, deleteNumberAction } from "@/app/(console)/numbers/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { NumberStateBadge } from "@/components/numbers/number-state";
import { countryName } from "@/components/spending/words";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { DangerDetails } from "@/components/ui/danger-details";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { getNumber } from "@/lib/services/numbers/get";

type Params = { params: Promise<{ numberId: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const ctx = await pageContext("number:read");
  const { display } = await orNotFound(getNumber(ctx, { numberId: idParam((await params).numberId) }));
  return { title: display };
}

export default async function NumberPage({ params }: Params) {
  const ctx = await pageContext("number:read");
  const number = await orNotFound(getNumber(ctx, { numberId: idParam((await params).numberId) }));
  const [t, locale] = await Promise.all([getTranslations("numbers"), getLocale()]);
  return (
    <>
      <PageHeader
        title={number.display}
        status={<NumberStateBadge state={number.state} />}
        back={{ href: "/numbers", label: t("title") }}
      />
      <div className="grid gap-5">
        {number.state !== "active" && (
          <Alert tone={number.state === "lost" ? "warn" : "info"} title={t(`unclear.${number.state}`)}>
            <p>{t("unclear.hint")}</p>
            <ActionForm action={checkPurchaseAction} label={t("unclear.ask")} className="mt-3">
              <input type="hidden" name="numberId" value={number.id} />
              <div>
                <SubmitButton>{t("unclear.ask")}</SubmitButton>
              </div>
            </ActionForm>
          </Alert>
        )}
        {number.sender?.state === "pending" && (
          <Alert
            tone="info"
            title={t("detail.proveTitle")}
            actions={
              <ButtonLink size="sm" href={`/senders/${number.sender.id}#proof`}>
                {t("detail.prove")}
              </ButtonLink>
            }
          >
            {t("detail.proveHint")}
          </Alert>
        )}
        {number.state === "active" && !number.sender && (
          <Alert tone="warn" title={t("detail.noSenderTitle")}>
            <p>{t("detail.noSenderHint")}</p>
            <ActionForm action={addNumberSenderAction} label={t("detail.addSender")} className="mt-3">
              <input type="hidden" name="numberId" value={number.id} />
              <div>
                <SubmitButton>{t("detail.addSender")}</SubmitButton>
              </div>
            </ActionForm>
          </Alert>
        )}
        <Section title={t("detail.title")}>
          <DescriptionList
            items={[
              { term: t("list.number"), detail: <span className="tabular-nums">{number.number}</span> },
              { term: t("field.country"), detail: countryName(number.country, locale, t("noCountry")) },
              { term: t("detail.origin"), detail: t(`origin.${number.origin}`) },
              { term: t("list.integration"), detail: number.integration.name },
              {
                term: t("list.sender"),
                detail: number.sender?.name ?? t("list.noSender"),
                actions: number.sender && (
                  <ButtonLink size="sm" href={`/senders/${number.sender.id}`}>
                    {t("detail.openSender")}
                  </ButtonLink>
                ),
              },
              { term: t("list.since"), detail: <DateTime date={number.createdAt} locale={locale} /> },
            ]}
          />
        </Section>
        {number.inboundUrl && (
          <Section title={t("inbound.title")} description={t("inbound.description")}>
            <p className="break-all font-mono text-sm">{number.inboundUrl}</p>
            <p className="mt-2 max-w-prose text-ink-muted">{number.webhookSet ? t("inbound.bought") : t("inbound.registered")}</p>
          </Section>
        )}
        <Section title={t("remove.title")} description={t("remove.description")} tone="danger">
          <DangerDetails trigger={t("remove.title")}>
            <ActionForm action={deleteNumberAction} label={t("remove.title")} className="mt-3">
              <input type="hidden" name="numberId" value={number.id} />
              <p>{t("remove.confirm", { number: number.display })}</p>
              <div>
                <SubmitButton variant="danger">{t("remove.submit")}</SubmitButton>
              </div>
            </ActionForm>
          </DangerDetails>
        </Section>
      </div>
    </>
  );
}

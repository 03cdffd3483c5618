import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ConnectionsOf } from "@/app/(console)/connections/connections-of";
import { switchEnabledAction } from "@/app/(console)/contact-points/actions";
import { readListSearch } from "@/app/(console)/contact-points/read-list-search";
import { EndpointsOf } from "@/app/(console)/endpoints/endpoints-of";
import { deleteSubscriptionAction } from "@/app/(console)/subscriptions/actions";
import { ContactPointList } from "@/components/contact-points/contact-point-list";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { SubscriberFields } from "@/components/subscribers/subscriber-fields";
import { languageName } from "@/components/subscribers/subscriber-table";
import { SubscriptionSection } from "@/components/subscriptions/subscription-table";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { DangerDetails } from "@/components/ui/danger-details";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { CONTACT_POINT_TYPES } from "@/lib/channels/registry";
import { CONTACT_POINT_SORTS, CONTACT_POINT_STATES, listContactPoints } from "@/lib/services/contact-points/list";
import type { SubscriberDto } from "@/lib/services/subscribers/dto";
import { getSubscriber } from "@/lib/services/subscribers/get";
import { listSubscriptions } from "@/lib/services/subscriptions/list";
import { deleteSubscriberAction, updateSubscriberAction } from "../actions";

type Props = {
  params: Promise<{ subscriberId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("subscribers");
  return { title: t("one") };
}

export default async function SubscriberPage({ params, searchParams }: Props) {
  const ctx = await pageContext("subscriber:read");
  const subscriberId = idParam((await params).subscriberId);
  const asked = await searchParams;
  const search = readListSearch(asked);
  const [t, subscriber] = await Promise.all([getTranslations("subscribers"), orNotFound(getSubscriber(ctx, { subscriberId }))]);
  const page = await orNotFound(listContactPoints(ctx, { ...search, subscriberId }));
  const subscriptions = may(ctx.actor, "subscription:read") ? await listSubscriptions(ctx, { subscriberId, limit: 100 }) : null;
  const words = await getTranslations("connections");
  const addHref = `/contact-points/new?subscriber=${subscriberId}`;
  const writes = may(ctx.actor, "subscriber:write") && !subscriber.hasAccount;
  return (
    <>
      <PageHeader
        title={subscriber.name ?? subscriber.externalId}
        status={subscriber.hasAccount && <Badge icon={null}>{t("account")}</Badge>}
        back={{ href: "/subscribers", label: t("title") }}
        actions={
          <ButtonLink href={addHref} variant="primary" wide="phone" icon={<Plus aria-hidden />}>
            {t("addContactPoint")}
          </ButtonLink>
        }
      />
      <div className="grid gap-5">
        <section aria-labelledby="contact-points">
          <h2 id="contact-points" className="mb-2 font-semibold text-md">
            {t("contactPoints")}
          </h2>
          <ContactPointList
            page={page}
            search={search}
            types={CONTACT_POINT_TYPES.map((type) => type.id)}
            states={CONTACT_POINT_STATES}
            sorts={CONTACT_POINT_SORTS}
            path={`/subscribers/${subscriberId}`}
            subscriberId={subscriberId}
            addHref={addHref}
            switchAction={switchEnabledAction}
          />
        </section>
        {subscriptions && (
          <SubscriptionSection
            page={subscriptions}
            by="sender"
            href={() => `/subscribers/${subscriberId}`}
            remove={may(ctx.actor, "subscription:write") ? deleteSubscriptionAction : null}
          />
        )}
        {may(ctx.actor, "connection:read") && (
          <ConnectionsOf
            ctx={ctx}
            of={{ subscriberId }}
            search={asked}
            path={`/subscribers/${subscriberId}`}
            addHref={`/connections/new?${new URLSearchParams({ subscriber: subscriber.externalId })}`}
            description={words("ofSubscriber")}
          />
        )}
        {may(ctx.actor, "connection:read") && (
          <EndpointsOf
            ctx={ctx}
            of={{ subscriberId }}
            search={asked}
            path={`/subscribers/${subscriberId}`}
            addHref={`/endpoints/new?subscriber=${subscriberId}`}
            description={words("endpoint.ofSubscriber")}
          />
        )}
        {writes ? <EditSection subscriber={subscriber} /> : <AboutSection subscriber={subscriber} />}
        {may(ctx.actor, "subscriber:write") && <DeleteSection subscriber={subscriber} />}
      </div>
    </>
  );
}

async function EditSection({ subscriber }: { subscriber: SubscriberDto }) {
  const [t, locale] = await Promise.all([getTranslations("subscribers"), getLocale()]);
  return (
    <Section title={t("about")} description={t.rich("addedAt", { time: () => <DateTime date={subscriber.createdAt} locale={locale} /> })}>
      <ActionForm action={updateSubscriberAction} label={t("about")} className="max-w-form">
        <input type="hidden" name="subscriberId" value={subscriber.id} />
        <SubscriberFields subscriber={subscriber} />
        <div>
          <SubmitButton wide="phone">{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

async function AboutSection({ subscriber }: { subscriber: SubscriberDto }) {
  const [t, locale] = await Promise.all([getTranslations("subscribers"), getLocale()]);
  return (
    <Section title={t("about")} description={subscriber.hasAccount ? t("accountKeeps") : undefined}>
      <DescriptionList
        items={[
          { term: t("field.externalId"), detail: <span className="break-all">{subscriber.externalId}</span> },
          { term: t("field.name"), detail: subscriber.name ?? "–" },
          { term: t("field.language"), detail: languageName(subscriber.locale) ?? t("defaultLanguage") },
          { term: t("list.added"), detail: <DateTime date={subscriber.createdAt} locale={locale} /> },
        ]}
      />
    </Section>
  );
}

async function DeleteSection({ subscriber }: { subscriber: SubscriberDto }) {
  const t = await getTranslations("subscribers");
  return (
    <Section title={t("delete.title")} description={t("delete.description")} tone="danger">
      <DangerDetails trigger={t("delete.trigger")}>
        <ActionForm action={deleteSubscriberAction} label={t("delete.title")} className="mt-3 max-w-form">
          <input type="hidden" name="subscriberId" value={subscriber.id} />
          <p>{t("delete.confirm", { name: subscriber.name ?? subscriber.externalId })}</p>
          <div>
            <SubmitButton variant="danger">{t("delete.submit")}</SubmitButton>
          </div>
        </ActionForm>
      </DangerDetails>
    </Section>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { deleteEndpointAction, updateEndpointAction } from "@/app/(console)/endpoints/actions";
import { InApis } from "@/app/(console)/in-apis";
import { endpointView } from "@/app/(console)/native-views";
import { ActionForm } from "@/components/form/action-form";
import { SpecForm } from "@/components/form/spec-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { DangerDetails } from "@/components/ui/danger-details";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { endpointForm } from "@/lib/channels/endpoint-shapes";
import { formSpecFor } from "@/lib/channels/form-spec-for";
import { novuEndpointView } from "@/lib/dialects/novu/view";
import type { EndpointDto } from "@/lib/services/endpoints/dto";
import { getEndpoint } from "@/lib/services/endpoints/get";

type Props = { params: Promise<{ endpointId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("connections"))("endpoint.one") };
}

export default async function EndpointPage({ params }: Props) {
  const ctx = await pageContext("connection:read");
  const endpointId = idParam((await params).endpointId);
  const [t, row] = await Promise.all([getTranslations("connections"), orNotFound(getEndpoint(ctx, { endpointId }))]);
  const back = row.connection
    ? { href: `/connections/${row.connection.id}`, label: row.connection.workspace.name ?? row.connection.workspace.id }
    : row.subscriber
      ? { href: `/subscribers/${row.subscriber.id}`, label: row.subscriber.name ?? row.subscriber.externalId }
      : { href: "/connections", label: t("title") };
  const form = endpointForm(row.type);
  const writes = may(ctx.actor, "connection:write");
  return (
    <>
      <PageHeader
        title={<span className="break-all">{Object.values(row.endpoint).join(" · ")}</span>}
        description={t(`endpoint.types.${row.type}`)}
        back={back}
      />
      <div className="grid gap-5">
        <About row={row} />
        {writes && form && (
          <Section title={t("endpoint.address")}>
            <SpecForm
              spec={{ id: "endpoint", fields: formSpecFor(form, (key) => t(key)).fields }}
              action={updateEndpointAction}
              submitLabel={t("save")}
              initial={row.endpoint}
              hidden={{ endpointId }}
            />
          </Section>
        )}
        <InApis views={[endpointView(row), novuEndpointView(row)]} />
        {writes && <DeleteSection row={row} />}
      </div>
    </>
  );
}

async function About({ row }: { row: EndpointDto }) {
  const [t, locale] = await Promise.all([getTranslations("connections"), getLocale()]);
  const { identifier, integration, connection, subscriber, contextKeys, createdAt } = row;
  const link = (href: string, words: string) => (
    <Link href={href} className="break-all rounded-sm underline underline-offset-2">
      {words}
    </Link>
  );
  return (
    <Section title={t("endpoint.one")}>
      <DescriptionList
        items={[
          { term: t("identifier"), detail: <span className="break-all font-mono">{identifier}</span> },
          { term: t("list.account"), detail: link(`/integrations/${integration.id}`, integration.name) },
          ...(connection
            ? [
                {
                  term: t("endpoint.connection"),
                  detail: link(`/connections/${connection.id}`, connection.workspace.name ?? connection.workspace.id),
                },
              ]
            : []),
          ...(subscriber
            ? [{ term: t("subscriber"), detail: link(`/subscribers/${subscriber.id}`, subscriber.name ?? subscriber.externalId) }]
            : []),
          ...(contextKeys.length > 0
            ? [{ term: t("contexts"), detail: <span className="break-all font-mono">{contextKeys.join(", ")}</span> }]
            : []),
          { term: t("list.added"), detail: <DateTime date={createdAt} locale={locale} /> },
        ]}
      />
    </Section>
  );
}

async function DeleteSection({ row }: { row: EndpointDto }) {
  const t = await getTranslations("connections");
  return (
    <Section title={t("endpoint.delete")} tone="danger">
      <DangerDetails trigger={t("endpoint.delete")}>
        <ActionForm action={deleteEndpointAction} label={t("endpoint.delete")} className="mt-3 max-w-form">
          <input type="hidden" name="endpointId" value={row.id} />
          <p>{t("endpoint.deleteConfirm", { name: row.identifier })}</p>
          <div>
            <SubmitButton variant="danger">{t("endpoint.deleteSubmit")}</SubmitButton>
          </div>
        </ActionForm>
      </DangerDetails>
    </Section>
  );
}

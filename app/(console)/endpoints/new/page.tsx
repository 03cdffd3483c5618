import { ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { accountChoices } from "@/app/(console)/connections/account-choices";
import { identifierField } from "@/app/(console)/connections/connection-fields";
import { createEndpointAction } from "@/app/(console)/endpoints/actions";
import { SpecForm } from "@/components/form/spec-form";
import { ButtonLink } from "@/components/ui/button";
import { Card, Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { idParam, orNotFound, pageContext, single } from "@/lib/actions/page";
import { ENDPOINT_TYPES, endpointForm } from "@/lib/channels/endpoint-shapes";
import type { FormFieldSpec } from "@/lib/channels/form-spec";
import { formSpecFor } from "@/lib/channels/form-spec-for";
import { getConnection } from "@/lib/services/connections/get";
import { getIntegration } from "@/lib/services/integrations/get";
import { getSubscriber } from "@/lib/services/subscribers/get";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("connections"))("endpoint.add") };
}

export default async function NewEndpointPage({ searchParams }: Props) {
  const ctx = await pageContext("connection:write");
  const [t, params] = await Promise.all([getTranslations("connections"), searchParams]);
  const [connectionId, subscriberId] = [single(params.connection), single(params.subscriber)];
  const connection = connectionId ? await orNotFound(getConnection(ctx, { connectionId: idParam(connectionId) })) : null;
  const subscriber = subscriberId ? await orNotFound(getSubscriber(ctx, { subscriberId: idParam(subscriberId) })) : null;
  const integrationId = single(params.integration);
  const account = integrationId ? await orNotFound(getIntegration(ctx, { integrationId: idParam(integrationId) })) : null;
  const place = {
    ...(account ? { integration: account.id } : {}),
    ...(connection ? { connection: connection.id } : {}),
    ...(subscriber ? { subscriber: subscriber.id } : {}),
  };
  const back = connection
    ? { href: `/connections/${connection.id}`, label: connection.workspace.name ?? connection.workspace.id }
    : subscriber
      ? { href: `/subscribers/${subscriber.id}`, label: subscriber.name ?? subscriber.externalId }
      : account
        ? { href: `/integrations/${account.id}`, label: account.name }
        : { href: "/connections", label: t("title") };
  const form = endpointForm(single(params.type) ?? "");
  const accounts = connection ? [] : await accountChoices(ctx);
  const header = <PageHeader title={t("endpoint.add")} description={form ? t(`endpoint.types.${form.id}`) : undefined} back={back} />;
  if (!connection && accounts.length === 0) {
    return (
      <>
        {header}
        <Card>
          <EmptyState
            title={t("endpoint.none")}
            description={t("needAccount")}
            actions={<ButtonLink href="/integrations/new">{t("addAccount")}</ButtonLink>}
          />
        </Card>
      </>
    );
  }
  if (!form) {
    return (
      <>
        {header}
        <TypePicker place={place} />
      </>
    );
  }
  const owner = connection?.subscriber ?? subscriber;
  const fields: FormFieldSpec[] = [
    ...(connection
      ? []
      : [{ name: "integrationId", label: t("form.integration"), control: "select", required: true, options: accounts } as const]),
    { name: "externalId", label: t("form.externalId"), control: "text", required: true, maxLength: 255, autoComplete: "off" },
    ...formSpecFor(form, (key) => t(key)).fields,
    await identifierField(),
  ];
  return (
    <>
      {header}
      <Card className="p-4 sm:p-6">
        <SpecForm
          spec={{ id: "endpoint", fields }}
          action={createEndpointAction}
          submitLabel={t("endpoint.add")}
          initial={{ ...(owner ? { externalId: owner.externalId } : {}), ...(account ? { integrationId: account.id } : {}) }}
          hidden={{ type: form.id, ...(connection ? { connectionId: connection.id, integrationId: connection.integration.id } : {}) }}
          cancel={{ href: back.href, label: t("cancel") }}
        />
      </Card>
    </>
  );
}

async function TypePicker({ place }: { place: Record<string, string> }) {
  const t = await getTranslations("connections.endpoint");
  return (
    <Section title={t("chooseType")}>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {ENDPOINT_TYPES.map((type) => (
          <li key={type}>
            <Link
              href={`/endpoints/new?${new URLSearchParams({ ...place, type })}`}
              className="group flex min-h-12 items-center gap-3 rounded-md border border-line px-3 py-2.5 font-medium transition-colors hover:border-line-strong hover:bg-ink/2"
            >
              <span className="min-w-0 flex-1">{t(`types.${type}`)}</span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint group-hover:text-ink" />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

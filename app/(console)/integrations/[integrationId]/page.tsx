import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConnectionsOf } from "@/app/(console)/connections/connections-of";
import { EndpointsOf } from "@/app/(console)/endpoints/endpoints-of";
import { About } from "@/app/(console)/integrations/[integrationId]/about";
import { DeleteSection } from "@/app/(console)/integrations/[integrationId]/delete-section";
import { SendersSection } from "@/app/(console)/integrations/[integrationId]/senders-section";
import { RenameSection, SettingsSection } from "@/app/(console)/integrations/[integrationId]/settings";
import { providerName } from "@/components/senders/provider-name";
import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { getIntegration } from "@/lib/services/integrations/get";

type Props = { params: Promise<{ integrationId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("integrations"))("one") };
}

export default async function IntegrationPage({ params, searchParams }: Props) {
  const ctx = await pageContext("sender:read");
  const integrationId = idParam((await params).integrationId);
  const [t, integration, search] = await Promise.all([
    getTranslations("integrations"),
    orNotFound(getIntegration(ctx, { integrationId })),
    searchParams,
  ]);
  const writes = may(ctx.actor, "sender:write");
  return (
    <>
      <PageHeader
        title={integration.name}
        description={await providerName(integration.provider)}
        status={<Badge tone={integration.delivers ? "good" : "neutral"}>{integration.delivers ? t("delivers") : t("keptOnly")}</Badge>}
        back={{ href: "/integrations", label: t("title") }}
      />
      <div className="grid gap-5">
        <About integration={integration} />
        {(integration.delivers || integration.channel === "chat" || integration.senders.length > 0) && (
          <SendersSection ctx={ctx} integration={integration} />
        )}
        {may(ctx.actor, "connection:read") && (
          <ConnectionsOf
            ctx={ctx}
            of={{ integrationId }}
            search={search}
            path={`/integrations/${integrationId}`}
            addHref={`/connections/new?integration=${integrationId}`}
            description={t("connectionsDescription")}
          />
        )}
        {may(ctx.actor, "connection:read") && (integration.channel === "chat" || integration.endpoints > 0) && (
          <EndpointsOf
            ctx={ctx}
            of={{ integrationId }}
            search={search}
            path={`/integrations/${integrationId}`}
            addHref={`/endpoints/new?integration=${integrationId}`}
            description={t("endpointsDescription")}
          />
        )}
        {writes && <RenameSection integration={integration} />}
        {writes && <SettingsSection ctx={ctx} integration={integration} />}
        {writes && <DeleteSection integration={integration} />}
      </div>
    </>
  );
}

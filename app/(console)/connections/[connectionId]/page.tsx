import { RefreshCw } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { About } from "@/app/(console)/connections/[connectionId]/about";
import { DeleteSection } from "@/app/(console)/connections/[connectionId]/delete-section";
import { checkConnectionAction, updateConnectionAction } from "@/app/(console)/connections/actions";
import { workspaceFields } from "@/app/(console)/connections/connection-fields";
import { EndpointsOf } from "@/app/(console)/endpoints/endpoints-of";
import { InApis } from "@/app/(console)/in-apis";
import { connectionView } from "@/app/(console)/native-views";
import { TokenBadge } from "@/components/connections/token-badge";
import { ActionForm } from "@/components/form/action-form";
import { SpecForm } from "@/components/form/spec-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { canCheckToken } from "@/lib/channels/providers/connection-check";
import { novuConnectionView } from "@/lib/dialects/novu/view";
import type { ConnectionDto } from "@/lib/services/connections/dto";
import { getConnection } from "@/lib/services/connections/get";

type Props = { params: Promise<{ connectionId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("connections"))("one") };
}

export default async function ConnectionPage({ params, searchParams }: Props) {
  const ctx = await pageContext("connection:read");
  const connectionId = idParam((await params).connectionId);
  const [t, connection, search] = await Promise.all([
    getTranslations("connections"),
    orNotFound(getConnection(ctx, { connectionId })),
    searchParams,
  ]);
  const { workspace, integration, checkResult } = connection;
  const writes = may(ctx.actor, "connection:write");
  return (
    <>
      <PageHeader
        title={<span className="break-words">{workspace.name ?? workspace.id}</span>}
        description={integration.name}
        status={<TokenBadge result={checkResult} />}
        back={{ href: "/connections", label: t("title") }}
      />
      <div className="grid gap-5">
        <About connection={connection} />
        {writes && <CheckSection connection={connection} />}
        <EndpointsOf
          ctx={ctx}
          of={{ connectionId }}
          search={search}
          path={`/connections/${connectionId}`}
          addHref={`/endpoints/new?connection=${connectionId}`}
          description={t("endpoint.description")}
        />
        {writes && <ReplaceSection connection={connection} />}
        <InApis views={[connectionView(connection), novuConnectionView(connection)]} />
        {writes && <DeleteSection connection={connection} />}
      </div>
    </>
  );
}

async function CheckSection({ connection }: { connection: ConnectionDto }) {
  const t = await getTranslations("connections");
  if (!canCheckToken(connection.provider)) {
    return (
      <Section title={t("check.title")}>
        <p>{t("check.cannot")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("check.title")} description={t("check.description")}>
      <ActionForm action={checkConnectionAction} label={t("check.title")}>
        <input type="hidden" name="connectionId" value={connection.id} />
        <div>
          <SubmitButton variant="secondary" icon={<RefreshCw aria-hidden />}>
            {t("check.submit")}
          </SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

async function ReplaceSection({ connection: { id, workspace } }: { connection: ConnectionDto }) {
  const t = await getTranslations("connections");
  return (
    <Section title={t("replace.title")} description={t("replace.description")}>
      <SpecForm
        spec={{ id: "workspace", fields: await workspaceFields(true) }}
        action={updateConnectionAction}
        submitLabel={t("save")}
        initial={{ workspaceId: workspace.id, workspaceName: workspace.name ?? "" }}
        hidden={{ connectionId: id }}
      />
    </Section>
  );
}

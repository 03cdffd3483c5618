import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AddForm } from "@/app/(console)/senders/new/add-form";
import { Picker } from "@/app/(console)/senders/new/picker";
import { PageHeader } from "@/components/ui/page-header";
import { idParam, orNotFound, pageContext, single } from "@/lib/actions/page";
import { providerType } from "@/lib/channels/providers/registry";
import { SMTP_PRESETS } from "@/lib/channels/providers/smtp-presets";
import { env } from "@/lib/env";
import { getIntegration } from "@/lib/services/integrations/get";
import { listIntegrations } from "@/lib/services/integrations/list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("senders"))("add") };
}

export default async function NewSenderPage({ searchParams }: Props) {
  const ctx = await pageContext("sender:write");
  const [t, words, params] = await Promise.all([getTranslations("senders"), getTranslations("providerTypes"), searchParams]);
  const named = single(params.integration);
  const integration = named ? await orNotFound(getIntegration(ctx, { integrationId: idParam(named) })) : null;
  if (integration?.channel === "chat") {
    redirect(`/senders/new/chat?integration=${integration.id}`);
  }
  const type = providerType(integration?.provider ?? single(params.provider) ?? "");
  if (!type?.available(env().reach)) {
    const { items } = await listIntegrations(ctx, {});
    return (
      <>
        <PageHeader title={t("add")} description={t("new.description")} back={{ href: "/senders", label: t("title") }} />
        <Picker integrations={items.filter(({ delivers }) => delivers)} />
      </>
    );
  }
  const preset = type.id === "smtp" ? SMTP_PRESETS.find(({ id }) => id === (single(params.preset) ?? "custom")) : undefined;
  const provider = preset?.name || words(`${type.id}.name`);
  return (
    <>
      <PageHeader
        title={t("new.title", { provider: integration?.name ?? provider })}
        description={integration ? t("new.reuseHint", { provider }) : words(`${type.id}.hint`)}
        back={{ href: "/senders/new", label: t("new.otherProvider") }}
      />
      <AddForm ctx={ctx} type={type} preset={preset} integration={integration} />
    </>
  );
}

import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { type Uses, usesText } from "@/components/integrations/uses-text";
import { providerName } from "@/components/senders/provider-name";
import { SenderIcon } from "@/components/senders/sender-icon";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { Channel } from "@/lib/channels/providers/catalogue/define";

export type IntegrationView = Uses & {
  id: string;
  name: string;
  identifier: string;
  provider: string;
  channel: Channel;
  createdAt: string;
};

export async function IntegrationTable({ integrations }: { integrations: readonly IntegrationView[] }) {
  const t = await getTranslations("integrations");
  const columns = [
    { label: t("list.name") },
    { label: t("list.provider") },
    { label: t("list.channel") },
    { label: t("list.uses") },
    { label: t("list.added") },
  ];
  return (
    <Table label={t("title")} columns={columns}>
      {integrations.map((integration) => (
        <IntegrationRow key={integration.id} integration={integration} />
      ))}
    </Table>
  );
}

async function IntegrationRow({ integration }: { integration: IntegrationView }) {
  const { id, name, identifier, provider, channel, createdAt } = integration;
  const [t, locale, called, uses] = await Promise.all([
    getTranslations("integrations"),
    getLocale(),
    providerName(provider),
    usesText(integration),
  ]);
  return (
    <Row>
      <HeadCell className="max-w-full sm:max-w-80">
        <Link href={`/integrations/${id}`} className="break-words rounded-sm font-medium underline-offset-2 hover:underline">
          {name}
        </Link>
        <span className="block break-all font-mono text-ink-muted text-sm">{identifier}</span>
      </HeadCell>
      <Cell label={t("list.provider")}>
        <span className="inline-flex items-center gap-2">
          <SenderIcon provider={provider} className="size-4 shrink-0 text-ink-muted" />
          {called}
        </span>
      </Cell>
      <Cell label={t("list.channel")}>{t(`channel.${channel}`)}</Cell>
      <Cell label={t("list.uses")} wrap className="wrap-normal">
        {uses ?? t("uses.none")}
      </Cell>
      <Cell label={t("list.added")}>
        <DateTime date={createdAt} locale={locale} />
      </Cell>
    </Row>
  );
}

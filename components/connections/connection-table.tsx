import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { TokenBadge } from "@/components/connections/token-badge";
import { SenderIcon } from "@/components/senders/sender-icon";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { ConnectionDto } from "@/lib/services/connections/dto";

/** `ofOneAccount`: on that account's own page, which says which it is. */
export function ConnectionTable({ connections, ofOneAccount = false }: { connections: readonly ConnectionDto[]; ofOneAccount?: boolean }) {
  const t = useTranslations("connections");
  const columns = [
    { label: t("list.workspace") },
    ...(ofOneAccount ? [] : [{ label: t("list.account") }]),
    { label: t("list.whose") },
    { label: t("list.token") },
    { label: t("list.added") },
  ];
  return (
    <Table label={t("title")} columns={columns}>
      {connections.map((connection) => (
        <ConnectionRow key={connection.id} connection={connection} ofOneAccount={ofOneAccount} />
      ))}
    </Table>
  );
}

function ConnectionRow({ connection, ofOneAccount }: { connection: ConnectionDto; ofOneAccount: boolean }) {
  const t = useTranslations("connections");
  const locale = useLocale();
  const { id, identifier, workspace, integration, provider, checkResult, createdAt } = connection;
  return (
    <Row>
      <HeadCell className="max-w-full sm:max-w-72">
        <Link href={`/connections/${id}`} className="break-words rounded-sm font-medium underline-offset-2 hover:underline">
          {workspace.name ?? workspace.id}
        </Link>
        <span className="block break-all font-mono text-ink-muted text-sm">{identifier}</span>
      </HeadCell>
      {!ofOneAccount && (
        <Cell label={t("list.account")} wrap>
          <Link
            href={`/integrations/${integration.id}`}
            className="inline-flex items-center gap-2 break-words rounded-sm underline-offset-2 hover:underline"
          >
            <SenderIcon provider={provider} className="size-4 shrink-0 text-ink-muted" />
            {integration.name}
          </Link>
        </Cell>
      )}
      <Cell label={t("list.whose")} wrap>
        <Whose connection={connection} />
      </Cell>
      <Cell label={t("list.token")}>
        <TokenBadge result={checkResult} />
      </Cell>
      <Cell label={t("list.added")}>
        <DateTime date={createdAt} locale={locale} />
      </Cell>
    </Row>
  );
}

/** The subscriber, the contexts, or both. */
function Whose({ connection: { subscriber, contextKeys } }: { connection: ConnectionDto }) {
  return (
    <span className="grid gap-0.5">
      {subscriber && (
        <Link href={`/subscribers/${subscriber.id}`} className="break-all rounded-sm underline-offset-2 hover:underline">
          {subscriber.name ?? subscriber.externalId}
        </Link>
      )}
      {contextKeys.map((key) => (
        <span key={key} className="break-all font-mono text-ink-muted text-sm">
          {key}
        </span>
      ))}
    </span>
  );
}

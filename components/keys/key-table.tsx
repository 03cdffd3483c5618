import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { CredentialBadge } from "@/components/keys/credential-badge";
import { Status } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { KeyDto } from "@/lib/services/keys/dto";

export function KeyTable({ keys }: { keys: readonly KeyDto[] }) {
  const t = useTranslations("keys");
  const columns = [
    { label: t("list.name") },
    { label: t("list.state") },
    { label: t("list.actsAs") },
    { label: t("list.expires") },
    { label: t("list.lastUsed") },
  ];
  return (
    <Table label={t("title")} columns={columns}>
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} />
      ))}
    </Table>
  );
}

function KeyRow({ apiKey: { id, name, hint, kind, state, person, makerLeft, expiresAt, lastUsedAt } }: { apiKey: KeyDto }) {
  const t = useTranslations("keys");
  const locale = useLocale();
  return (
    <Row>
      <HeadCell className="max-w-full sm:max-w-80">
        <Link href={`/keys/${id}`} className="break-words rounded-sm font-medium underline-offset-2 hover:underline">
          {name}
        </Link>
        <code className="block font-mono text-ink-muted text-xs">{hint}</code>
      </HeadCell>
      <Cell label={t("list.state")}>
        <CredentialBadge state={state} />
      </Cell>
      <Cell label={t("list.actsAs")}>
        {kind === "public" ? t("public") : (person?.name ?? t("institution"))}
        {makerLeft && state === "live" && kind === "secret" && person === null && (
          <span className="mt-0.5 block text-sm">
            <Status tone="warn">{t("left.short")}</Status>
          </span>
        )}
      </Cell>
      <Cell label={t("list.expires")}>
        <DateTime date={expiresAt} locale={locale} />
      </Cell>
      <Cell label={t("list.lastUsed")}>{lastUsedAt === null ? t("never") : <DateTime date={lastUsedAt} locale={locale} />}</Cell>
    </Row>
  );
}

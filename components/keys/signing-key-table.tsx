import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { CredentialBadge } from "@/components/keys/credential-badge";
import { Status } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { SigningKeyDto } from "@/lib/services/signing-keys/dto";

export function SigningKeyTable({ keys }: { keys: readonly SigningKeyDto[] }) {
  const t = useTranslations("keys");
  const locale = useLocale();
  const columns = [{ label: t("list.name") }, { label: t("list.state") }, { label: t("list.added") }, { label: t("list.lastUsed") }];
  return (
    <Table label={t("tabs.signing")} columns={columns}>
      {keys.map(({ id, name, kid, state, makerLeft, createdAt, lastUsedAt }) => (
        <Row key={id}>
          <HeadCell className="max-w-full sm:max-w-96">
            <Link href={`/keys/signing/${id}`} className="break-words rounded-sm font-medium underline-offset-2 hover:underline">
              {name}
            </Link>
            <code className="block break-all font-mono text-ink-muted text-xs">{kid}</code>
          </HeadCell>
          <Cell label={t("list.state")}>
            <CredentialBadge state={state} />
          </Cell>
          <Cell label={t("list.added")}>
            <DateTime date={createdAt} locale={locale} />
            {makerLeft && state === "live" && (
              <span className="mt-0.5 block text-sm">
                <Status tone="warn">{t("left.short")}</Status>
              </span>
            )}
          </Cell>
          <Cell label={t("list.lastUsed")}>{lastUsedAt === null ? t("never") : <DateTime date={lastUsedAt} locale={locale} />}</Cell>
        </Row>
      ))}
    </Table>
  );
}

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { CredentialBadge } from "@/components/keys/credential-badge";
import { DangerDetails } from "@/components/ui/danger-details";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { FormAction } from "@/lib/actions/action-state";
import type { AccessTokenDto } from "@/lib/services/access-tokens/dto";

type Props = { tokens: readonly AccessTokenDto[]; revoke: FormAction };

export function TokenTable({ tokens, revoke }: Props) {
  const t = useTranslations("keys");
  const columns = [
    { label: t("list.name") },
    { label: t("list.state") },
    { label: t("list.expires") },
    { label: t("list.lastUsed") },
    { label: t("revoke.trigger"), hidden: true },
  ];
  return (
    <Table label={t("tabs.tokens")} columns={columns}>
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} revoke={revoke} />
      ))}
    </Table>
  );
}

function TokenRow({ token, revoke }: { token: AccessTokenDto; revoke: FormAction }) {
  const t = useTranslations("keys");
  const locale = useLocale();
  const { id, name, person, state, expiresAt, lastUsedAt } = token;
  return (
    <Row>
      <HeadCell className="max-w-full sm:max-w-80">
        <Link href={`/keys/tokens/${id}`} className="break-words rounded-sm font-medium underline-offset-2 hover:underline">
          {name}
        </Link>
        <span className="block text-ink-muted text-xs">{person.name}</span>
      </HeadCell>
      <Cell label={t("list.state")}>
        <CredentialBadge state={state} />
      </Cell>
      <Cell label={t("list.expires")}>
        <DateTime date={expiresAt} locale={locale} />
      </Cell>
      <Cell label={t("list.lastUsed")}>{lastUsedAt === null ? t("never") : <DateTime date={lastUsedAt} locale={locale} />}</Cell>
      <Cell wrap>
        {state === "live" && (
          <DangerDetails
            size="sm"
            trigger={
              <>
                {t("revoke.trigger")}
                <span className="sr-only"> {name}</span>
              </>
            }
          >
            <ActionForm action={revoke} label={t("revoke.token", { name })} className="mt-2">
              <input type="hidden" name="accessTokenId" value={id} />
              <p className="text-sm">{t("revoke.token", { name })}</p>
              <div>
                <SubmitButton variant="danger" size="sm">
                  {t("revoke.submit")}
                </SubmitButton>
              </div>
            </ActionForm>
          </DangerDetails>
        )}
      </Cell>
    </Row>
  );
}

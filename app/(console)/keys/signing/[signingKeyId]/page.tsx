import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CredentialBadge } from "@/components/keys/credential-badge";
import { MadeList } from "@/components/keys/made-list";
import { RevokeSection } from "@/components/keys/revoke-section";
import { Alert } from "@/components/ui/alert";
import { Section } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { getSigningKey } from "@/lib/services/signing-keys/get";
import { revokeSigningKeyAction } from "../../actions";

type Props = { params: Promise<{ signingKeyId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("signing.one") };
}

export default async function SigningKeyPage({ params }: Props) {
  const ctx = await pageContext("key:read");
  const signingKeyId = idParam((await params).signingKeyId);
  const [t, locale, key] = await Promise.all([getTranslations("keys"), getLocale(), orNotFound(getSigningKey(ctx, { signingKeyId }))]);
  const time = (at: string | null) => (at === null ? t("never") : <DateTime date={at} locale={locale} />);
  const by = key.createdBy !== null && key.makerLeft ? t("left.named", { name: key.createdBy }) : key.createdBy;
  const copy = (name: string, text: string) => (
    <CopyButton text={text} label={t("signing.copy", { name })} copiedLabel={t("reveal.copied")} />
  );
  return (
    <>
      <PageHeader
        title={<span className="break-words">{key.name}</span>}
        status={<CredentialBadge state={key.state} />}
        back={{ href: "/keys/signing", label: t("tabs.signing") }}
      />
      <div className="grid gap-5">
        {key.state === "live" && key.makerLeft && (
          <Alert tone="warn" title={t("left.title")}>
            {t("left.signing")}
          </Alert>
        )}
        <Section title={t("about")}>
          <DescriptionList
            items={[
              {
                term: t("signing.kid"),
                detail: <code className="break-all font-mono text-sm">{key.kid}</code>,
                actions: copy(t("signing.kid"), key.kid),
              },
              { term: t("signing.origin"), detail: t(`origin.${key.origin}`) },
              { term: t("list.lastUsed"), detail: time(key.lastUsedAt) },
              { term: t("list.added"), detail: time(key.createdAt) },
              ...(by === null ? [] : [{ term: t("list.addedBy"), detail: by }]),
              ...(key.madeWith === null
                ? []
                : [{ term: t("list.madeWith"), detail: <MadeList made={[{ type: "api_key", ...key.madeWith }]} /> }]),
              ...(key.revokedAt === null ? [] : [{ term: t("state.revoked"), detail: time(key.revokedAt) }]),
            ]}
          />
        </Section>
        <Section title={t("signing.publicKey")} description={t("signing.publicNote")} actions={copy(t("signing.publicKey"), key.publicKey)}>
          <pre className="whitespace-pre-wrap break-all font-mono text-sm">{key.publicKey}</pre>
        </Section>
        {key.state === "live" && may(ctx.actor, "key:write") && (
          <RevokeSection
            action={revokeSigningKeyAction}
            field="signingKeyId"
            id={key.id}
            description={t("revoke.signingDescription")}
            question={t("revoke.signing", { name: key.name })}
          />
        )}
      </div>
    </>
  );
}

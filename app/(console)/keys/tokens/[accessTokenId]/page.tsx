import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CredentialBadge } from "@/components/keys/credential-badge";
import { RevokeSection } from "@/components/keys/revoke-section";
import { Section } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { ownBizId } from "@/lib/dialects/slaunchx/own-biz-id";
import type { AccessTokenDto } from "@/lib/services/access-tokens/dto";
import { getAccessToken } from "@/lib/services/access-tokens/get";
import { listTokenRequests } from "@/lib/services/api-requests/list-of-token";
import { revokeAccessTokenAction } from "../../actions";
import { RequestsSection } from "../../requests-section";

type Props = { params: Promise<{ accessTokenId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("tokens.one") };
}

export default async function TokenPage({ params, searchParams }: Props) {
  const ctx = await pageContext("key:own");
  const accessTokenId = idParam((await params).accessTokenId);
  const [t, token, search] = await Promise.all([getTranslations("keys"), orNotFound(getAccessToken(ctx, { accessTokenId })), searchParams]);
  const isOwn = ctx.actor.type === "member" && token.person.id === ctx.actor.userId;
  return (
    <>
      <PageHeader
        title={<span className="break-words">{token.name}</span>}
        status={<CredentialBadge state={token.state} />}
        back={{ href: "/keys/tokens", label: t("tabs.tokens") }}
      />
      <div className="grid gap-5">
        <AboutSection token={token} institutionBizId={ownBizId(ctx)} />
        <RequestsSection
          path={`/keys/tokens/${token.id}`}
          search={search}
          list={(asked) => listTokenRequests(ctx, { accessTokenId, ...asked })}
        />
        {token.state === "live" && (isOwn || may(ctx.actor, "key:write")) && (
          <RevokeSection
            action={revokeAccessTokenAction}
            field="accessTokenId"
            id={token.id}
            description={t("revoke.tokenDescription")}
            question={t("revoke.token", { name: token.name })}
          />
        )}
      </div>
    </>
  );
}

async function AboutSection({ token, institutionBizId }: { token: AccessTokenDto; institutionBizId: string }) {
  const [t, locale] = await Promise.all([getTranslations("keys"), getLocale()]);
  const time = (at: string | null) => (at === null ? t("never") : <DateTime date={at} locale={locale} />);
  return (
    <Section title={t("about")}>
      <DescriptionList
        items={[
          { term: t("list.actsAs"), detail: token.person.name },
          {
            term: t("tokens.bizId"),
            detail: <code className="break-all font-mono text-sm">{institutionBizId}</code>,
            actions: <CopyButton text={institutionBizId} label={t("tokens.copyBizId")} copiedLabel={t("reveal.copied")} />,
          },
          { term: t("list.expires"), detail: time(token.expiresAt) },
          { term: t("list.lastUsed"), detail: time(token.lastUsedAt) },
          { term: t("list.added"), detail: time(token.createdAt) },
          ...(token.revokedAt === null ? [] : [{ term: t("state.revoked"), detail: time(token.revokedAt) }]),
        ]}
      />
    </Section>
  );
}

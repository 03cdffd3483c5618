import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CheckboxField } from "@/components/form/fields";
import { CredentialBadge } from "@/components/keys/credential-badge";
import { MadeList } from "@/components/keys/made-list";
import { RevokeSection } from "@/components/keys/revoke-section";
import { Alert } from "@/components/ui/alert";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { listKeyRequests } from "@/lib/services/api-requests/list";
import type { KeyDto } from "@/lib/services/keys/dto";
import { getKey } from "@/lib/services/keys/get";
import { revokeKeyAction } from "../actions";
import { RequestsSection } from "../requests-section";

type Props = { params: Promise<{ keyId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("one") };
}

export default async function KeyPage({ params, searchParams }: Props) {
  const ctx = await pageContext("key:own");
  const keyId = idParam((await params).keyId);
  const [t, key, search] = await Promise.all([getTranslations("keys"), orNotFound(getKey(ctx, { keyId })), searchParams]);
  const isOwn = key.person !== null && ctx.actor.type === "member" && key.person.id === ctx.actor.userId;
  const keys = key.made.filter(({ type }) => type === "api_key").length;
  const signing = key.made.length - keys;
  return (
    <>
      <PageHeader
        title={<span className="break-words">{key.name}</span>}
        description={<code className="font-mono">{key.hint}</code>}
        status={<CredentialBadge state={key.state} />}
        back={{ href: "/keys", label: t("title") }}
      />
      <div className="grid gap-5">
        {key.state === "live" && key.person === null && key.kind === "secret" && key.makerLeft && (
          <Alert tone="warn" title={t("left.title")}>
            {t("left.key")}
          </Alert>
        )}
        <AboutSection apiKey={key} />
        {key.made.length > 0 && (
          <Section title={t("made.title")} description={t("made.description")}>
            <MadeList made={key.made} />
          </Section>
        )}
        <RequestsSection path={`/keys/${key.id}`} search={search} list={(asked) => listKeyRequests(ctx, { keyId, ...asked })} />
        {key.state === "live" && (isOwn || may(ctx.actor, "key:write")) && (
          <RevokeSection
            action={revokeKeyAction}
            field="keyId"
            id={key.id}
            description={t("revoke.keyDescription")}
            question={t("revoke.key", { name: key.name })}
          >
            {keys > 0 && <p>{t("revoke.keyMade", { count: keys })}</p>}
            {signing > 0 && may(ctx.actor, "key:write") && (
              <CheckboxField name="signingKeys" label={t("revoke.signingToo", { count: signing })} hint={t("revoke.signingTooHint")} />
            )}
          </RevokeSection>
        )}
      </div>
    </>
  );
}

async function AboutSection({ apiKey: key }: { apiKey: KeyDto }) {
  const [t, locale] = await Promise.all([getTranslations("keys"), getLocale()]);
  const time = (at: string | null) => (at === null ? t("never") : <DateTime date={at} locale={locale} />);
  return (
    <Section title={t("about")}>
      <DescriptionList
        items={[
          { term: t("list.actsAs"), detail: key.kind === "public" ? t("public") : (key.person?.name ?? t("institution")) },
          { term: t("field.scopes"), detail: <Scopes scopes={key.scopes} /> },
          { term: t("list.expires"), detail: time(key.expiresAt) },
          { term: t("list.lastUsed"), detail: time(key.lastUsedAt) },
          { term: t("list.added"), detail: time(key.createdAt) },
          ...makerItems(t, key),
          ...(key.revokedAt === null ? [] : [{ term: t("state.revoked"), detail: time(key.revokedAt) }]),
        ]}
      />
    </Section>
  );
}

/** Who made it, and with which key. */
function makerItems(t: Awaited<ReturnType<typeof getTranslations<"keys">>>, { createdBy, makerLeft, madeWith }: KeyDto) {
  const by = createdBy !== null && makerLeft ? t("left.named", { name: createdBy }) : createdBy;
  return [
    ...(by === null ? [] : [{ term: t("list.addedBy"), detail: by }]),
    ...(madeWith === null ? [] : [{ term: t("list.madeWith"), detail: <MadeList made={[{ type: "api_key", ...madeWith }]} /> }]),
  ];
}

/** In words, with the name that programs know beside them. */
async function Scopes({ scopes }: { scopes: readonly string[] }) {
  const t = await getTranslations("keys");
  return (
    <ul className="grid gap-0.5">
      {scopes.map((scope) => {
        const [area = "", access = ""] = scope.split(":");
        return (
          <li key={scope}>
            {t(`scope.${area}`)}: {t(`access.${access}`)} <code className="font-mono text-ink-muted text-xs">{scope}</code>
          </li>
        );
      })}
    </ul>
  );
}

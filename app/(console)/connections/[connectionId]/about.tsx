import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { providerName } from "@/components/senders/provider-name";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { DateTime } from "@/components/ui/relative-time";
import type { ConnectionDto } from "@/lib/services/connections/dto";

/** Whose it is and since when; of its token, when it was set and until when it holds. */
export async function About({ connection }: { connection: ConnectionDto }) {
  const [t, locale, provider] = await Promise.all([getTranslations("connections"), getLocale(), providerName(connection.provider)]);
  const { identifier, integration, subscriber, mode, contextKeys, workspace, secretsSetAt, expiresAt, checkedAt, createdAt } = connection;
  const time = (at: string | null, otherwise: string) => (at === null ? otherwise : <DateTime date={at} locale={locale} />);
  return (
    <Section title={t("about")}>
      <DescriptionList
        items={[
          { term: t("identifier"), detail: <span className="break-all font-mono">{identifier}</span> },
          { term: t("form.workspaceId"), detail: <span className="break-all font-mono">{workspace.id}</span> },
          { term: t("provider"), detail: provider },
          {
            term: t("list.account"),
            detail: (
              <Link href={`/integrations/${integration.id}`} className="rounded-sm underline underline-offset-2">
                {integration.name}
              </Link>
            ),
          },
          {
            term: t("list.whose"),
            detail: subscriber ? (
              <Link href={`/subscribers/${subscriber.id}`} className="break-all rounded-sm underline underline-offset-2">
                {subscriber.name ?? subscriber.externalId}
              </Link>
            ) : (
              t(`mode.${mode}`)
            ),
          },
          ...(contextKeys.length > 0
            ? [{ term: t("contexts"), detail: <span className="break-all font-mono">{contextKeys.join(", ")}</span> }]
            : []),
          { term: t("tokenSet"), detail: time(secretsSetAt, "") },
          { term: t("expires"), detail: time(expiresAt, t("never")) },
          { term: t("check.at"), detail: time(checkedAt, t("check.none")) },
          { term: t("list.added"), detail: time(createdAt, "") },
        ]}
      />
    </Section>
  );
}

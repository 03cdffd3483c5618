import { getLocale, getTranslations } from "next-intl/server";
import { providerName } from "@/components/senders/provider-name";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { DateTime } from "@/components/ui/relative-time";
import type { IntegrationDto } from "@/lib/services/integrations/dto";

/** What is known of an account; of its secrets, when each was set and by whom. */
export async function About({ integration }: { integration: IntegrationDto }) {
  const [t, words, locale, provider] = await Promise.all([
    getTranslations("integrations"),
    getTranslations("providerTypes"),
    getLocale(),
    providerName(integration.provider),
  ]);
  const { identifier, providerId, channel, destination, delivers, secrets, createdAt } = integration;
  return (
    <Section title={t("about")}>
      <DescriptionList
        items={[
          { term: t("field.identifier"), detail: <span className="break-all font-mono">{identifier}</span> },
          {
            term: t("list.provider"),
            detail: (
              <>
                {provider} {providerId !== null && <span className="break-all font-mono text-ink-muted text-sm">{providerId}</span>}
              </>
            ),
          },
          { term: t("list.channel"), detail: t(`channel.${channel}`) },
          ...(destination ? [{ term: t("destination"), detail: <span className="break-all">{destination}</span> }] : []),
          { term: t("messages"), detail: delivers ? t("deliversHint") : t("keptHint") },
          ...secrets.map(({ field, at, by }) => ({
            term: t("secretSet", { field: words.has(`field.${field}.label`) ? words(`field.${field}.label`) : field }),
            detail: (
              <>
                <DateTime date={at} locale={locale} />
                {by !== null && <span className="text-ink-muted"> · {by}</span>}
              </>
            ),
          })),
          { term: t("list.added"), detail: <DateTime date={createdAt} locale={locale} /> },
        ]}
      />
    </Section>
  );
}

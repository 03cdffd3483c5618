import { getTranslations } from "next-intl/server";
import { configureIntegrationAction, renameIntegrationAction } from "@/app/(console)/integrations/actions";
import { identifierField } from "@/app/(console)/integrations/identifier-field";
import { startValues } from "@/app/(console)/senders/own-fields";
import { SpecForm } from "@/components/form/spec-form";
import { Section } from "@/components/ui/card";
import type { Context } from "@/lib/auth/actor";
import { formSpecFor } from "@/lib/channels/form-spec-for";
import { credentialForm } from "@/lib/channels/providers/catalogue/registry";
import type { IntegrationDto } from "@/lib/services/integrations/dto";
import { getIntegrationForm } from "@/lib/services/integrations/get-form";

export async function RenameSection({ integration }: { integration: IntegrationDto }) {
  const t = await getTranslations("integrations");
  return (
    <Section title={t("rename")}>
      <SpecForm
        spec={{
          id: "name",
          fields: [
            { name: "name", label: t("field.name"), control: "text", required: true, maxLength: 255, autoComplete: "off" },
            { ...identifierField(t("field.identifier"), t("field.identifierChange")), required: true },
          ],
        }}
        action={renameIntegrationAction}
        submitLabel={t("save")}
        initial={{ name: integration.name, identifier: integration.identifier }}
        hidden={{ integrationId: integration.id }}
      />
    </Section>
  );
}

/** The account's own form. Where senders stand on it, each of them has a proof to lose, and it is changed there. */
export async function SettingsSection({ ctx, integration }: { ctx: Context; integration: IntegrationDto }) {
  const [t, words] = await Promise.all([getTranslations("integrations"), getTranslations("providerTypes")]);
  const form = credentialForm(integration.provider);
  if (integration.delivers && integration.senders.length > 0) {
    return (
      <Section title={t("settings")}>
        <p>{t("throughSenders")}</p>
      </Section>
    );
  }
  if (!form || Object.keys(form.config.shape).length === 0) {
    return null;
  }
  const stored = integration.secrets.map(({ field }) => field);
  const { config } = await getIntegrationForm(ctx, { integrationId: integration.id });
  const { fields } = formSpecFor(form, (key) => words(key), stored);
  return (
    <Section title={t("settings")} {...(stored.length > 0 ? { description: t("settingsHint") } : {})}>
      <SpecForm
        spec={{ id: "settings", fields }}
        action={configureIntegrationAction}
        submitLabel={t("save")}
        initial={startValues(config)}
        hidden={{ integrationId: integration.id }}
      />
    </Section>
  );
}

import { ExternalLink } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ComponentProps } from "react";
import { addSenderAction } from "@/app/(console)/senders/actions";
import { canSendToSelf } from "@/app/(console)/senders/can-send-to-self";
import { editorLabels } from "@/app/(console)/senders/editor-labels";
import { ownFields } from "@/app/(console)/senders/own-fields";
import { useFormStrings } from "@/components/form/form-strings";
import { HumanCheck } from "@/components/form/human-check";
import { ladderLabels } from "@/components/senders/ladder-labels";
import { SenderEditor } from "@/components/senders/sender-editor";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { Context } from "@/lib/auth/actor";
import { SMTP_STEPS } from "@/lib/channels/diagnosis";
import type { FormFieldSpec, FormValue } from "@/lib/channels/form-spec";
import { formSpecFor } from "@/lib/channels/form-spec-for";
import type { ProviderType } from "@/lib/channels/providers/define";
import type { SmtpPreset } from "@/lib/channels/providers/smtp-presets";
import type { IntegrationDto } from "@/lib/services/integrations/dto";

type Props = { ctx: Context; type: ProviderType; preset: SmtpPreset | undefined; integration: IntegrationDto | null };

/** One form that makes the account and the sender on it, or the sender alone on an account that is there. */
export async function AddForm({ ctx, type, preset, integration }: Props) {
  const [t, words, own] = await Promise.all([getTranslations("senders"), getTranslations("providerTypes"), ownFields(type.channel)]);
  const config = integration ? [] : formSpecFor(type, (key) => words(key)).fields;
  // a server that is nobody's product is called by its name
  const custom = preset?.name === "";
  const account = integration ? { integrationId: integration.id } : { provider: type.id };
  return (
    <Card className="p-4 sm:p-6">
      <Editor
        config={config}
        own={custom ? own.map((field) => (field.name === "name" ? { ...field, suggestFrom: "host" } : field)) : own}
        initial={{
          ...defaultsOf(config),
          ...presetValues(preset),
          ...(custom ? {} : { name: integration?.name ?? (preset?.name || words(`${type.id}.name`)) }),
        }}
        regions={preset?.regions}
        hidden={account}
        action={addSenderAction}
        test={{ path: "/api/v1/senders/diagnosis", extra: account }}
        canSend={await canSendToSelf(ctx, type.channel)}
        expected={type.id === "smtp" ? SMTP_STEPS : []}
        labels={await editorLabels("add", type.id)}
        ladder={await ladderLabels(type.channel)}
        cancel={{ href: "/senders", label: t("cancel") }}
        check={<HumanCheck action="add" />}
      >
        {preset && <PresetNote preset={preset} />}
      </Editor>
    </Card>
  );
}

function Editor(props: Omit<ComponentProps<typeof SenderEditor>, "strings">) {
  return <SenderEditor {...props} strings={useFormStrings()} />;
}

async function PresetNote({ preset: { note, name, help } }: { preset: SmtpPreset }) {
  const t = await getTranslations("senders");
  return (
    <Alert tone="info">
      {t(`presetNote.${note}`, { provider: name })}{" "}
      {help && (
        <a href={help} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 rounded-sm underline underline-offset-2">
          {t("new.help", { provider: name })}
          <ExternalLink aria-hidden className="size-3.5" />
        </a>
      )}
    </Alert>
  );
}

function presetValues(preset: SmtpPreset | undefined): Record<string, FormValue> {
  if (!preset) return {};
  const { host, port, security, auth, username, oauthTokenUrl } = preset;
  return { host, port, security, auth, ...(username ? { username } : {}), ...(oauthTokenUrl ? { oauthTokenUrl } : {}) };
}

function defaultsOf(fields: readonly FormFieldSpec[]): Record<string, FormValue> {
  return Object.fromEntries(fields.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue]])));
}

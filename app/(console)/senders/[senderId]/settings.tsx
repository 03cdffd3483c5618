import { getLocale, getTranslations } from "next-intl/server";
import type { ComponentProps, ReactNode } from "react";
import { diagnoseSenderAction, updateSenderAction } from "@/app/(console)/senders/actions";
import { canSendToSelf } from "@/app/(console)/senders/can-send-to-self";
import { editorLabels } from "@/app/(console)/senders/editor-labels";
import { ownFields, startValues } from "@/app/(console)/senders/own-fields";
import { ActionForm } from "@/components/form/action-form";
import { useFormStrings } from "@/components/form/form-strings";
import { SubmitButton } from "@/components/form/submit-button";
import { ladderLabels } from "@/components/senders/ladder-labels";
import type { MessageSender } from "@/components/senders/message-sender";
import { SenderEditor } from "@/components/senders/sender-editor";
import { Alert } from "@/components/ui/alert";
import { Section } from "@/components/ui/card";
import { DateTime } from "@/components/ui/relative-time";
import type { Context } from "@/lib/auth/actor";
import { SMTP_STEPS } from "@/lib/channels/diagnosis";
import type { FormFieldSpec } from "@/lib/channels/form-spec";
import { formSpecFor } from "@/lib/channels/form-spec-for";
import { providerType } from "@/lib/channels/providers/registry";
import { SECRET_MASK } from "@/lib/channels/secret-mask";

/** The settings as they stand, and the last test of them beside. */
export async function Settings({ ctx, sender }: { ctx: Context; sender: MessageSender }) {
  const [t, words] = await Promise.all([getTranslations("senders"), getTranslations("providerTypes")]);
  const type = providerType(sender.provider);
  const stored = sender.secrets.map(({ field }) => field);
  const plain = Object.fromEntries(Object.entries(sender.config).filter(([, value]) => value !== SECRET_MASK));
  const config = type ? formSpecFor(type, (key) => words(key), stored).fields : [];
  const { name, remark, fromAddress, fromName, fromNumber, ratePerMinute } = sender;
  const own = await ownFields(sender.type, { boundNumber: sender.phoneNumberId !== null });
  return (
    <Section title={t("settings.title")} description={sender.sending ? t("settings.hintSending") : t("settings.hint")}>
      <Editor
        config={config}
        own={own.map(withoutSuggestion)}
        initial={startValues({ ...defaultsOf(config), ...plain, name, remark, fromAddress, fromName, fromNumber, ratePerMinute })}
        notes={await secretNotes(sender)}
        hidden={{ senderId: sender.id }}
        action={updateSenderAction}
        test={{ path: `/api/v1/senders/${sender.id}/diagnosis`, extra: config.length > 0 ? { whole: true } : {} }}
        canSend={await canSendToSelf(ctx, sender.type)}
        expected={sender.provider === "smtp" ? SMTP_STEPS : []}
        stored={sender.diagnosis ? { steps: sender.diagnosis.steps, result: sender.diagnosis } : undefined}
        storedNote={<StoredNote sender={sender} />}
        labels={await editorLabels("save", sender.provider)}
        ladder={await ladderLabels(sender.type)}
      />
    </Section>
  );
}

function Editor(props: Omit<ComponentProps<typeof SenderEditor>, "strings">) {
  return <SenderEditor {...props} strings={useFormStrings()} />;
}

/** When the last test was, whether it still holds, and the way to another one before JavaScript. */
async function StoredNote({ sender }: { sender: MessageSender }) {
  const [t, locale] = await Promise.all([getTranslations("diagnosis"), getLocale()]);
  return (
    <>
      {sender.diagnosedAt && (
        <p className="mb-3 text-ink-muted text-sm">
          {t("testedAt")} <DateTime date={sender.diagnosedAt} locale={locale} />
        </p>
      )}
      {sender.diagnosis && !sender.diagnosisIsCurrent && (
        <Alert tone="warn" className="mb-4">
          {t("outdated")}
        </Alert>
      )}
      <div className="mb-4 hidden noscript:block">
        <ActionForm action={diagnoseSenderAction} label={t("title")}>
          <input type="hidden" name="senderId" value={sender.id} />
          <div>
            <SubmitButton variant="secondary">{t("run")}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </>
  );
}

/** R45: when a secret was set and by whom, never what it is. */
async function secretNotes(sender: MessageSender): Promise<Record<string, ReactNode>> {
  const [t, locale] = await Promise.all([getTranslations("senders.secret"), getLocale()]);
  return Object.fromEntries(
    sender.secrets.map(({ field, at, by }) => [
      field,
      <span key={field}>
        {by ? t("setBy", { name: by }) : t("set")} <DateTime date={at} locale={locale} />
        <span className="block">{t("keep")}</span>
      </span>,
    ]),
  );
}

/** What stands there was chosen: nothing follows another field any more. */
function withoutSuggestion({ suggestFrom: _, ...field }: FormFieldSpec): FormFieldSpec {
  return field;
}

function defaultsOf(fields: readonly FormFieldSpec[]) {
  return Object.fromEntries(fields.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue]])));
}

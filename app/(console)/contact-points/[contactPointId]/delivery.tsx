import { getLocale, getTranslations } from "next-intl/server";
import { pauseAction, sendTestAction, switchEnabledAction } from "@/app/(console)/contact-points/actions";
import { EnabledSwitch } from "@/components/contact-points/enabled-switch";
import { TestButton } from "@/components/contact-points/test-button";
import { TimeZoneField } from "@/components/contact-points/time-zone-field";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { DateTime } from "@/components/ui/relative-time";
import { messageReasonLabels, messageStateLabels } from "@/components/verification/panel-labels";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";

/** The owner's wishes: on or off, held back until a time, and a test of what arrives. */
export async function Delivery({ point }: { point: ContactPointDto }) {
  const [t, locale] = await Promise.all([getTranslations("contactPoints.delivery"), getLocale()]);
  return (
    <Section title={t("title")} description={point.deliverable ? t("receives") : t("receivesNothing")}>
      <div className="grid gap-5">
        <div className="flex items-center justify-between gap-4">
          <div className="min-w-0">
            <p className="font-medium">{t("switch")}</p>
            <p className="text-ink-muted text-sm">{!point.enabled ? t("switchOff") : point.verified ? t("switchedOn") : t("switchOn")}</p>
          </div>
          <EnabledSwitch id={point.id} enabled={point.enabled} label={t("switch")} action={switchEnabledAction} />
        </div>
        <div className="border-line border-t pt-4">
          <p className="font-medium">{t("pause")}</p>
          {point.pausedUntil ? (
            <>
              <p className="mt-0.5 text-ink-muted">
                {t("pausedUntil")} <DateTime date={point.pausedUntil} locale={locale} />
              </p>
              <PauseForm point={point} until="resume" label={t("resume")} className="mt-2" />
            </>
          ) : (
            <>
              <p className="mt-0.5 text-ink-muted text-sm">{t("pauseHint")}</p>
              <div className="mt-3 flex flex-wrap items-end gap-2">
                <PauseForm point={point} until="hour" label={t("anHour")} />
                <PauseForm point={point} until="tomorrow" label={t("tomorrow")} />
                <ActionForm action={pauseAction} label={t("untilDate")} className="sm:ml-2">
                  <input type="hidden" name="contactPointId" value={point.id} />
                  <input type="hidden" name="until" value="date" />
                  <TimeZoneField />
                  <div className="flex flex-wrap items-end gap-2">
                    <TextField name="date" type="date" label={t("date")} required />
                    <SubmitButton variant="secondary">{t("untilDate")}</SubmitButton>
                  </div>
                </ActionForm>
              </div>
            </>
          )}
        </div>
        {point.verified && (
          <div className="flex flex-wrap items-center justify-between gap-3 border-line border-t pt-4">
            <p className="min-w-0 text-ink-muted text-sm">{point.deliverable ? t("testHint") : t("testOff")}</p>
            {point.deliverable && <TestButton contactPointId={point.id} labels={await testLabels(point)} action={sendTestAction} />}
          </div>
        )}
      </div>
    </Section>
  );
}

type PauseFormProps = { point: ContactPointDto; until: "hour" | "tomorrow" | "resume"; label: string; className?: string };

function PauseForm({ point, until, label, className }: PauseFormProps) {
  return (
    <ActionForm action={pauseAction} label={label} {...(className ? { className } : {})}>
      <input type="hidden" name="contactPointId" value={point.id} />
      <input type="hidden" name="until" value={until} />
      <TimeZoneField />
      <div>
        <SubmitButton variant="secondary">{label}</SubmitButton>
      </div>
    </ActionForm>
  );
}

async function testLabels(point: ContactPointDto) {
  const [t, shared] = await Promise.all([getTranslations("contactPoints.test"), getTranslations("messages")]);
  return {
    trigger: t("trigger"),
    title: t("title"),
    description: t("description", { address: point.address || point.label }),
    starting: t("starting"),
    waiting: t("waiting", { time: "{time}" }),
    close: t("close"),
    done: t("done"),
    states: await messageStateLabels(),
    reasons: await messageReasonLabels(),
    reply: shared("reply", { reply: "{reply}" }),
  };
}

import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { setDefaultAction, switchSenderAction } from "@/app/(console)/senders/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { SenderSwitch } from "@/components/senders/enabled-switch";
import { providerName } from "@/components/senders/provider-name";
import { standingOf } from "@/components/senders/standing";
import { Alert } from "@/components/ui/alert";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { messageReasonLabels } from "@/components/verification/panel-labels";
import type { SenderDetailDto } from "@/lib/services/senders/dto";

/** How it stands and why, on or off, and what is known of it. */
export async function StandingSection({ sender, domainId }: { sender: SenderDetailDto; domainId: string | null }) {
  const [t, locale, provider] = await Promise.all([getTranslations("senders"), getLocale(), providerName(sender.provider)]);
  const canSwitch = sender.sending || sender.proven;
  const { lastSuccessAt, lastFailureAt } = sender.health;
  return (
    <Section title={t("detail.title")} description={t(`standingHint.${hintOf(sender)}`)}>
      <div className="grid gap-5">
        <Trouble sender={sender} domainId={domainId} />
        {canSwitch && (
          <div className="flex items-center justify-between gap-4">
            <div className="min-w-0">
              <p className="font-medium">{t("switch.title")}</p>
              <p className="text-ink-muted text-sm">{sender.sending ? t("switch.on") : t("switch.off")}</p>
            </div>
            <SenderSwitch
              senderId={sender.id}
              enabled={sender.sending}
              label={t("switch.of", { name: sender.name })}
              action={switchSenderAction}
            />
          </div>
        )}
        <DescriptionList
          items={[
            { term: t("detail.provider"), detail: provider },
            {
              term: t("detail.destination"),
              detail: (
                <>
                  <span className="break-all">{sender.destination || provider}</span>
                  {sender.integration.senders > 1 && (
                    <span className="block text-ink-muted text-sm">{t("detail.shared", { count: sender.integration.senders - 1 })}</span>
                  )}
                </>
              ),
            },
            { term: t("detail.from"), detail: <From sender={sender} /> },
            ...(sender.isDefault
              ? [{ term: t("detail.default"), detail: t(`default.is.${sender.type}`), actions: <StopDefault sender={sender} /> }]
              : []),
            ...(sender.provenAt ? [{ term: t("detail.proven"), detail: <DateTime date={sender.provenAt} locale={locale} /> }] : []),
            ...(lastSuccessAt ? [{ term: t("detail.lastSuccess"), detail: <DateTime date={lastSuccessAt} locale={locale} /> }] : []),
            ...(lastFailureAt ? [{ term: t("detail.lastFailure"), detail: <LastFailure sender={sender} /> }] : []),
          ]}
        />
      </div>
    </Section>
  );
}

/** One that is not the default sends nothing, however well it works. */
function hintOf(sender: SenderDetailDto) {
  const standing = standingOf(sender);
  const works = standing === "active" || standing === "struggling" || standing === "changing";
  return works && !sender.isDefault ? "notDefault" : standing;
}

async function StopDefault({ sender }: { sender: SenderDetailDto }) {
  const t = await getTranslations("senders.default");
  return (
    <ActionForm action={setDefaultAction} label={t("stop")}>
      <input type="hidden" name="senderId" value={sender.id} />
      <input type="hidden" name="isDefault" value="false" />
      <SubmitButton variant="ghost" size="sm">
        {t("stop")}
      </SubmitButton>
    </ActionForm>
  );
}

async function Trouble({ sender, domainId }: { sender: SenderDetailDto; domainId: string | null }) {
  const [t, locale, reasons] = await Promise.all([getTranslations("senders"), getLocale(), messageReasonLabels()]);
  const { heldSince, circuitOpenUntil } = sender.health;
  if (sender.state === "error") {
    const reason = sender.stateReason ?? "";
    return (
      <Alert tone="bad" title={t.has(`reason.${reason}`) ? t(`reason.${reason}`) : (reasons[reason] ?? t("reason.other"))}>
        {sender.stateReply && <samp className="block break-words font-mono text-xs">{sender.stateReply}</samp>}
        <p>{t("reason.cure")}</p>
      </Alert>
    );
  }
  const notes = [
    heldSince && (
      <Alert key="held" tone="warn">
        {t("held")} <RelativeTime date={heldSince} now={new Date()} locale={locale} />
      </Alert>
    ),
    circuitOpenUntil && (
      <Alert key="circuit" tone="warn">
        {t("circuit")}
      </Alert>
    ),
    sender.fromStanding === "unproven" && (
      <Alert key="from" tone="warn" title={t("from.unprovenTitle")}>
        {domainId ? t("from.unverified") : t("from.unproven")}{" "}
        <Link href={domainId ? `/domains/${domainId}` : "/domains"} className="rounded-sm underline underline-offset-2">
          {domainId ? t("from.verify") : t("from.domains")}
        </Link>
      </Alert>
    ),
  ].filter(Boolean);
  return notes;
}

async function From({ sender }: { sender: SenderDetailDto }) {
  const t = await getTranslations("senders.from");
  const { fromName, fromAddress, fromNumber, fromStanding } = sender;
  return (
    <>
      <span className="break-all">{fromName && fromAddress ? `${fromName} <${fromAddress}>` : (fromAddress ?? fromNumber)}</span>
      {fromStanding && fromStanding !== "unproven" && <span className="block text-ink-muted text-sm">{t(fromStanding)}</span>}
    </>
  );
}

async function LastFailure({ sender }: { sender: SenderDetailDto }) {
  const [locale, reasons] = await Promise.all([getLocale(), messageReasonLabels()]);
  const { lastFailureAt, lastFailureReason } = sender.health;
  return (
    <>
      {lastFailureAt && <DateTime date={lastFailureAt} locale={locale} />}
      {lastFailureReason && reasons[lastFailureReason] && (
        <span className="block text-ink-muted text-sm">{reasons[lastFailureReason]}</span>
      )}
    </>
  );
}

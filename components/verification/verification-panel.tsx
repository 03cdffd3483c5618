"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { FormStrings } from "@/components/form/form-strings";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Countdown, secondsUntil } from "@/components/ui/countdown";
import { toast } from "@/components/ui/toast-store";
import { CodeForm } from "@/components/verification/code-form";
import { MessageLine } from "@/components/verification/message-line";
import type { PanelLabels } from "@/components/verification/panel-labels";
import { SendForm } from "@/components/verification/send-form";
import { useRedraw } from "@/components/verification/use-redraw";
import type { FormAction } from "@/lib/actions/action-state";
import { contactPointKeys, messageIsDone, verificationStatus } from "@/lib/queries/contact-points";
import type { VerificationStatus } from "@/lib/services/verifications/status";

type Props = {
  contactPointId: string;
  initial: VerificationStatus;
  /** Only its owner proves a contact point; an admin sees the state and may send again. */
  own: boolean;
  labels: PanelLabels;
  strings: FormStrings;
  submitCode: FormAction;
  start: FormAction;
};

/** The running verification, as data: it follows the message, and a link that is opened elsewhere. */
export function VerificationPanel({ contactPointId, initial, own, labels, strings, submitCode, start }: Props) {
  const router = useRouter();
  const client = useQueryClient();
  const { data: status } = useQuery({ ...verificationStatus(contactPointId), initialData: initial, staleTime: 0 });
  const refresh = () => client.invalidateQueries({ queryKey: contactPointKeys.verification(contactPointId) });
  const announced = useRef(initial.verified);

  useEffect(() => {
    if (status.verified && !announced.current) {
      announced.current = true;
      toast({ message: labels.verified, tone: "good" });
      router.refresh();
    }
  }, [status.verified, labels.verified, router]);

  // the messages and the history below were drawn before this message was done
  useRedraw(messageIsDone(status.message ?? undefined) ? status.message?.id : undefined);

  if (status.verified || status.locked) {
    return status.locked ? <Alert tone="bad">{labels.locked}</Alert> : null;
  }
  const of = { name: "contactPointId", value: contactPointId };
  const waiting = status.state === "waiting";
  const typed = status.kind !== "confirm";
  return (
    <div className="grid gap-4">
      <p className="max-w-prose break-words">
        {status.state === "none" ? labels.none : labels.intro.replace("{address}", status.address)}{" "}
        {waiting && <span className="text-ink-muted">{labels.latest}</span>}
      </p>
      {status.message && (
        <div role="status">
          <MessageLine message={status.message} states={labels.states} reasons={labels.reasons} reply={labels.reply} />
        </div>
      )}
      {status.state === "ended" && <Alert tone="warn">{labels.expired}</Alert>}
      {own && waiting && typed && <CodeForm of={of} labels={labels} strings={strings} submitCode={submitCode} onDone={refresh} />}
      {own && waiting && !typed && (
        <div>
          <ButtonLink variant="primary" href="/inbox">
            {labels.openInbox}
          </ButtonLink>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-muted text-sm">
        <SendForm
          key={status.resendAt ?? "now"}
          of={of}
          waitSec={secondsUntil(status.resendAt, status.now)}
          size="sm"
          labels={{ wait: labels.resendIn, ready: labels.resendReady, sent: labels.resent }}
          start={start}
          onSent={refresh}
        >
          {status.state === "none" ? labels.send : labels.resend}
        </SendForm>
        {waiting && (
          <Countdown
            key={status.expiresAt}
            seconds={secondsUntil(status.expiresAt, status.now)}
            template={labels.expiresIn}
            onDone={() => void refresh()}
          />
        )}
        {waiting && typed && status.attemptsLeft !== null && <span>{labels.attempts[status.attemptsLeft]}</span>}
      </div>
    </div>
  );
}

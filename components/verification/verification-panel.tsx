"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useActionState, useEffect, useRef } from "react";
import { ActionFormClient } from "@/components/form/action-form-client";
import { CodeField } from "@/components/form/fields";
import type { FormStrings } from "@/components/form/form-strings";
import { HumanCheck } from "@/components/form/human-check";
import { SubmitButton } from "@/components/form/submit-button";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { toast } from "@/components/ui/toast-store";
import { MessageLine } from "@/components/verification/message-line";
import type { PanelLabels } from "@/components/verification/panel-labels";
import { type FormAction, idle } from "@/lib/actions/action-state";
import { callAction, fieldsOf } from "@/lib/queries/call-action";
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

const secondsUntil = (at: string | null, now: string) => (at ? Math.max(0, Math.ceil((Date.parse(at) - Date.parse(now)) / 1000)) : 0);

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
  const settled = messageIsDone(status.message ?? undefined) ? status.message?.id : undefined;
  const drawn = useRef(settled);
  useEffect(() => {
    if (settled !== drawn.current) {
      drawn.current = settled;
      router.refresh();
    }
  }, [settled, router]);

  if (status.verified || status.locked) {
    return status.locked ? <Alert tone="bad">{labels.locked}</Alert> : null;
  }
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
      {own && waiting && typed && (
        <ActionFormClient
          action={submitCode}
          strings={strings}
          label={labels.title}
          onSuccess={() => void refresh()}
          className="max-w-form"
        >
          <input type="hidden" name="contactPointId" value={contactPointId} />
          <CodeField name="code" label={labels.code} required />
          <div>
            <SubmitButton wide="phone">{labels.submit}</SubmitButton>
          </div>
        </ActionFormClient>
      )}
      {own && waiting && !typed && (
        <div>
          <ButtonLink variant="primary" href="/inbox">
            {labels.openInbox}
          </ButtonLink>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-muted text-sm">
        <Resend
          key={status.resendAt ?? "now"}
          contactPointId={contactPointId}
          waitSec={secondsUntil(status.resendAt, status.now)}
          label={status.state === "none" ? labels.send : labels.resend}
          labels={labels}
          start={start}
          onSent={refresh}
        />
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

type ResendProps = {
  contactPointId: string;
  waitSec: number;
  label: string;
  labels: PanelLabels;
  start: FormAction;
  onSent: () => Promise<unknown>;
};

function Resend({ contactPointId, waitSec, label, labels, start, onSent }: ResendProps) {
  const [, formAction] = useActionState(start, idle);
  const send = useMutation({
    mutationFn: (form: HTMLFormElement) => callAction(start, fieldsOf(form)),
    onSuccess: () => toast({ message: labels.resent }),
    onError: (error) => toast({ message: error.message, tone: "bad" }),
    onSettled: onSent,
  });
  return (
    <Countdown seconds={waitSec} template={labels.resendIn} doneText={labels.resendReady}>
      <form action={formAction}>
        <input type="hidden" name="contactPointId" value={contactPointId} />
        <HumanCheck action="resend" pending={send.isPending} />
        <Button
          type="submit"
          size="sm"
          pending={send.isPending}
          onClick={(event) => {
            event.preventDefault();
            const { form } = event.currentTarget;
            if (form && !send.isPending) send.mutate(form);
          }}
        >
          {label}
        </Button>
      </form>
    </Countdown>
  );
}

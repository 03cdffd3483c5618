"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { FormStrings } from "@/components/form/form-strings";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Countdown, secondsUntil } from "@/components/ui/countdown";
import { CodeForm } from "@/components/verification/code-form";
import { MessageLine } from "@/components/verification/message-line";
import { SendForm } from "@/components/verification/send-form";
import { useRedraw } from "@/components/verification/use-redraw";
import type { FormAction } from "@/lib/actions/action-state";
import { messageIsDone } from "@/lib/queries/contact-points";
import { senderKeys, senderVerification } from "@/lib/queries/senders";
import type { SenderVerificationStatus } from "@/lib/services/senders/verification-status";
import type { ProofLabels } from "./proof-labels";

type Props = {
  senderId: string;
  initial: SenderVerificationStatus;
  /** Where an address for the code can be added. */
  addHref: string;
  labels: ProofLabels;
  strings: FormStrings;
  submitCode: FormAction;
  start: FormAction;
};

/** The proof of a sender as data: a code goes through it, is followed until it is sent, and comes back here. */
export function ProofPanel({ senderId, initial, addHref, labels, strings, submitCode, start }: Props) {
  const client = useQueryClient();
  const { data: status } = useQuery({ ...senderVerification(senderId), initialData: initial, staleTime: 0 });
  const refresh = () => client.invalidateQueries({ queryKey: senderKeys.verification(senderId) });
  const [asked, setAsked] = useState(false);
  const panel = useRef<HTMLDivElement>(null);

  // the code was used, or its message is done
  useRedraw(`${status.proven} ${messageIsDone(status.message ?? undefined) ? status.message?.id : ""}`);

  // the button that sent the code goes away; its place is the field for the code
  const waiting = status.state === "waiting";
  useEffect(() => {
    if (asked && waiting) panel.current?.querySelector<HTMLInputElement>('input[name="code"]')?.focus();
  }, [asked, waiting]);

  if (status.proven) return null;
  if (status.address === null) {
    return (
      <Alert
        tone="warn"
        actions={
          <ButtonLink size="sm" href={addHref}>
            {labels.addAddress}
          </ButtonLink>
        }
      >
        {labels.noAddress}
      </Alert>
    );
  }
  const first = status.state === "none";
  const of = { name: "senderId", value: senderId };
  const refused = status.message?.state === "refused";
  const intro = first ? labels.before : status.own ? labels.sentTo : labels.sentByOther;
  return (
    <div ref={panel} className="grid gap-4">
      <p role="status" className="max-w-prose break-words">
        {intro.replace("{address}", status.address)}
      </p>
      {status.message && (
        <div role="status">
          <MessageLine message={status.message} states={labels.states} reasons={labels.reasons} reply={labels.reply} />
        </div>
      )}
      {refused && <Alert tone="warn">{labels.refused}</Alert>}
      {status.state === "ended" && <Alert tone="warn">{labels.ended}</Alert>}
      {waiting && status.own && !refused && <CodeForm of={of} labels={labels} strings={strings} submitCode={submitCode} onDone={refresh} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-muted text-sm">
        <SendForm
          key={status.resendAt ?? "now"}
          of={of}
          waitSec={secondsUntil(status.resendAt, status.now)}
          variant={first ? "primary" : "secondary"}
          size={first ? "md" : "sm"}
          icon={first ? <Send aria-hidden /> : undefined}
          labels={{ wait: labels.againIn, ready: labels.againReady }}
          start={start}
          onSent={() => {
            setAsked(true);
            return refresh();
          }}
        >
          {first ? labels.send : labels.again}
        </SendForm>
        {waiting && (
          <Countdown
            key={status.expiresAt}
            seconds={secondsUntil(status.expiresAt, status.now)}
            template={labels.expiresIn}
            onDone={() => void refresh()}
          />
        )}
        {waiting && status.attemptsLeft !== null && <span>{labels.attempts[status.attemptsLeft]}</span>}
      </div>
    </div>
  );
}

"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useActionState, useEffect, useRef, useState } from "react";
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
import { type FormAction, idle } from "@/lib/actions/action-state";
import { callAction, fieldsOf } from "@/lib/queries/call-action";
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

const secondsUntil = (at: string | null, now: string) => (at ? Math.max(0, Math.ceil((Date.parse(at) - Date.parse(now)) / 1000)) : 0);

/** The proof of a sender as data: a code goes through it, is followed until it is sent, and comes back here. */
export function ProofPanel({ senderId, initial, addHref, labels, strings, submitCode, start }: Props) {
  const router = useRouter();
  const client = useQueryClient();
  const { data: status } = useQuery({ ...senderVerification(senderId), initialData: initial, staleTime: 0 });
  const refresh = () => client.invalidateQueries({ queryKey: senderKeys.verification(senderId) });
  const [asked, setAsked] = useState(false);
  const panel = useRef<HTMLDivElement>(null);

  // the page around this was drawn before the code was used, and before its message was done
  const settled = `${status.proven} ${messageIsDone(status.message ?? undefined) ? status.message?.id : ""}`;
  const drawn = useRef(settled);
  useEffect(() => {
    if (settled === drawn.current) return;
    drawn.current = settled;
    router.refresh();
  }, [settled, router]);

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
  const refused = status.message?.state === "refused";
  const intro = status.state === "none" ? labels.before : status.own ? labels.sentTo : labels.sentByOther;
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
      {waiting && status.own && !refused && (
        <ActionFormClient
          action={submitCode}
          strings={strings}
          label={labels.title}
          onSuccess={() => void refresh()}
          className="max-w-form"
        >
          <input type="hidden" name="senderId" value={senderId} />
          <CodeField name="code" label={labels.code} required />
          <div>
            <SubmitButton wide="phone">{labels.submit}</SubmitButton>
          </div>
        </ActionFormClient>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-muted text-sm">
        <SendCode
          key={status.resendAt ?? "now"}
          senderId={senderId}
          waitSec={secondsUntil(status.resendAt, status.now)}
          first={status.state === "none"}
          labels={labels}
          start={start}
          onSent={() => {
            setAsked(true);
            return refresh();
          }}
        />
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

type SendProps = {
  senderId: string;
  waitSec: number;
  first: boolean;
  labels: ProofLabels;
  start: FormAction;
  onSent: () => Promise<unknown>;
};

function SendCode({ senderId, waitSec, first, labels, start, onSent }: SendProps) {
  const [, formAction] = useActionState(start, idle);
  const send = useMutation({
    mutationFn: (form: HTMLFormElement) => callAction(start, fieldsOf(form)),
    onError: (error) => toast({ message: error.message, tone: "bad" }),
    onSettled: onSent,
  });
  return (
    <Countdown seconds={waitSec} template={labels.againIn} doneText={labels.againReady}>
      <form action={formAction}>
        <input type="hidden" name="senderId" value={senderId} />
        <HumanCheck action="resend" pending={send.isPending} />
        <Button
          type="submit"
          variant={first ? "primary" : "secondary"}
          size={first ? "md" : "sm"}
          icon={first ? <Send aria-hidden /> : undefined}
          pending={send.isPending}
          onClick={(event) => {
            event.preventDefault();
            const { form } = event.currentTarget;
            if (form && !send.isPending) send.mutate(form);
          }}
        >
          {first ? labels.send : labels.again}
        </Button>
      </form>
    </Countdown>
  );
}

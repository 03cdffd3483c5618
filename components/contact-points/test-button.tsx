"use client";

import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useCallback, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { MessageLine } from "@/components/verification/message-line";
import type { FormAction } from "@/lib/actions/action-state";
import { callAction } from "@/lib/queries/call-action";
import { messageFollowed, messageIsDone } from "@/lib/queries/contact-points";
import { ClientError } from "@/lib/queries/fetch-json";
import type { MessageDto } from "@/lib/services/messages/dto";

export type TestLabels = {
  trigger: string;
  title: string;
  description: string;
  starting: string;
  /** With {time}. */
  waiting: string;
  close: string;
  done: string;
  states: Record<MessageDto["state"], string>;
  reasons: Record<string, string>;
  reply: string;
};

type Props = { contactPointId: string; labels: TestLabels; action: FormAction };

type Step =
  | { at: "idle" }
  | { at: "starting" }
  | { at: "waiting"; sec: number }
  | { at: "sent"; messageId: string }
  | { at: "failed"; message: string };

/** Sends a test and follows it to its end; inside the minute it waits, and sends by itself. */
export function TestButton({ contactPointId, labels, action }: Props) {
  const [step, setStep] = useState<Step>({ at: "idle" });

  const send = useCallback(async () => {
    setStep({ at: "starting" });
    try {
      const { messageId } = (await callAction(action, { contactPointId })) as { messageId: string };
      setStep({ at: "sent", messageId });
    } catch (error) {
      const waitSec = error instanceof ClientError && error.code === "rate_limited" ? error.retryAfterSec : null;
      setStep(waitSec ? { at: "waiting", sec: waitSec } : { at: "failed", message: error instanceof Error ? error.message : "" });
    }
  }, [action, contactPointId]);

  return (
    <>
      <Button icon={<Send aria-hidden />} aria-haspopup="dialog" onClick={() => void send()}>
        {labels.trigger}
      </Button>
      <Dialog
        open={step.at !== "idle"}
        onClose={() => setStep({ at: "idle" })}
        title={labels.title}
        description={labels.description}
        closeLabel={labels.close}
        footer={<Button onClick={() => setStep({ at: "idle" })}>{labels.done}</Button>}
      >
        <div role="status" className="min-h-12">
          {step.at === "starting" && (
            <p className="flex items-center gap-2">
              <Spinner />
              {labels.starting}
            </p>
          )}
          {step.at === "waiting" && (
            <p>
              <Countdown seconds={step.sec} template={labels.waiting} onDone={() => void send()} />
            </p>
          )}
          {step.at === "failed" && <Alert tone="bad">{step.message}</Alert>}
          {step.at === "sent" && <Followed messageId={step.messageId} labels={labels} />}
        </div>
      </Dialog>
    </>
  );
}

function Followed({ messageId, labels }: { messageId: string; labels: TestLabels }) {
  const { data, error } = useQuery(messageFollowed(messageId));
  if (error) {
    return <Alert tone="bad">{error.message}</Alert>;
  }
  return data ? (
    <div className="flex items-start gap-2">
      <MessageLine message={data} states={labels.states} reasons={labels.reasons} reply={labels.reply} />
      {!messageIsDone(data) && <Spinner className="mt-0.5 text-ink-faint" />}
    </div>
  ) : (
    <Spinner />
  );
}

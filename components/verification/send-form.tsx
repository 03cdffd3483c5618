"use client";

import { useMutation } from "@tanstack/react-query";
import { type ComponentProps, useActionState } from "react";
import { HumanCheck } from "@/components/form/human-check";
import { Button } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { toast } from "@/components/ui/toast-store";
import { type FormAction, idle } from "@/lib/actions/action-state";
import { callAction, fieldsOf } from "@/lib/queries/call-action";

type Props = Pick<ComponentProps<typeof Button>, "variant" | "size" | "icon" | "children"> & {
  /** What is proven, as the action calls it, and its id. */
  of: { name: string; value: string };
  waitSec: number;
  /** While it may not be sent yet, and the word that it may. */
  labels: { wait: string; ready: string; sent?: string };
  start: FormAction;
  onSent: () => Promise<unknown>;
};

/** The button that sends a code, once it may be sent; the page stays as it is, and without JavaScript it is a form. */
export function SendForm({ of, waitSec, labels, start, onSent, ...button }: Props) {
  const [, formAction] = useActionState(start, idle);
  const send = useMutation({
    mutationFn: (form: HTMLFormElement) => callAction(start, fieldsOf(form)),
    onSuccess: () => labels.sent && toast({ message: labels.sent }),
    onError: (error) => toast({ message: error.message, tone: "bad" }),
    onSettled: onSent,
  });
  return (
    <Countdown seconds={waitSec} template={labels.wait} doneText={labels.ready}>
      <form action={formAction}>
        <input type="hidden" {...of} />
        <HumanCheck action="resend" pending={send.isPending} />
        <Button
          {...button}
          type="submit"
          pending={send.isPending}
          onClick={(event) => {
            event.preventDefault();
            const { form } = event.currentTarget;
            if (form && !send.isPending) send.mutate(form);
          }}
        />
      </form>
    </Countdown>
  );
}

"use client";

import { type SubmitEvent, startTransition, useActionState, useEffect, useRef } from "react";
import { type ActionState, type FormAction, idle } from "@/lib/actions/action-state";

/**
 * The server's half of a form. `formAction` is for the form's action attribute, so that it posts without JavaScript;
 * `send` is for the submit handler, which keeps what was typed where React would reset the form.
 */
export function useFormAction(
  action: FormAction,
  onSuccess: ((state: Extract<ActionState, { status: "ok" }>, form: HTMLFormElement) => void) | undefined,
) {
  const [state, formAction, pending] = useActionState(action, idle);
  const formRef = useRef<HTMLFormElement>(null);
  const alertRef = useRef<HTMLDivElement>(null);
  const succeeded = useRef(onSuccess);
  succeeded.current = onSuccess;

  useEffect(() => {
    if (!formRef.current) return;
    if (state.status === "ok") succeeded.current?.(state, formRef.current);
  }, [state]);

  function send(form: HTMLFormElement, submitter: HTMLElement | null) {
    const data = new FormData(form, submitter);
    startTransition(() => formAction(data));
  }
  return { state, formAction, pending, send, formRef, alertRef };
}

export function focusFirstError(form: HTMLFormElement, alert: HTMLElement | null) {
  const target = form.querySelector<HTMLElement>('[aria-invalid="true"], [data-refused]') ?? alert;
  target?.focus();
}

export function submitterOf(event: SubmitEvent<HTMLFormElement>): HTMLElement | null {
  return event.nativeEvent.submitter;
}

"use client";

import { type ReactNode, type SubmitEvent, useEffect, useState } from "react";
import type { ActionState, FormAction } from "@/lib/actions/action-state";
import { cx } from "../ui/cx";
import { FormAlert } from "./form-alert";
import { FormContext } from "./form-context";
import type { FormStrings } from "./form-strings";
import { nativeErrors } from "./native-checks";
import { focusFirstError, submitterOf, useFormAction } from "./use-form-action";

export type ActionFormProps = {
  action: FormAction;
  children: ReactNode;
  /** The accessible name, where a heading does not already say it. */
  label?: string | undefined;
  className?: string | undefined;
  /** Empties the fields after a success, for a form that adds one after another. */
  resetOnSuccess?: boolean | undefined;
  /** Only from a client component. */
  onSuccess?: ((state: Extract<ActionState, { status: "ok" }>) => void) | undefined;
  /** What stands in the fields' place after a success, before JavaScript too; only from a client component. */
  done?: ((state: Extract<ActionState, { status: "ok" }>) => ReactNode) | undefined;
};

const none: Readonly<Record<string, string>> = {};

export function ActionFormClient(props: ActionFormProps & { strings: FormStrings }) {
  const { action, children, label, className, strings, resetOnSuccess, onSuccess, done } = props;
  const { state, formAction, pending, send, formRef, alertRef } = useFormAction(action, (ok, form) => {
    if (resetOnSuccess) form.reset();
    onSuccess?.(ok);
  });
  const [enhanced, setEnhanced] = useState(false);
  useEffect(() => setEnhanced(true), []);
  useEffect(() => {
    if (state.status === "error" && formRef.current) focusFirstError(formRef.current, alertRef.current);
  }, [state, formRef, alertRef]);
  const [answered, setAnswered] = useState(state);
  const [errors, setErrors] = useState(() => serverErrors(state));
  if (answered !== state) {
    setAnswered(state);
    setErrors(serverErrors(state));
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const found = nativeErrors(form, strings);
    setErrors(found);
    if (Object.keys(found).length === 0) send(form, submitterOf(event));
    else requestAnimationFrame(() => focusFirstError(form, null));
  }

  const hasField = (path: string) => Boolean(formRef.current?.elements.namedItem(path) ?? !enhanced);
  return (
    <form
      ref={formRef}
      action={formAction}
      noValidate={enhanced}
      onSubmit={onSubmit}
      onInput={(event) => {
        const { name } = event.target as HTMLInputElement;
        if (name in errors) setErrors(({ [name]: _, ...rest }) => rest);
      }}
      aria-label={label}
      aria-busy={pending || undefined}
      className={cx("grid gap-4", className)}
    >
      <FormContext value={{ pending, errors, strings, values: state.status === "error" ? state.values : undefined }}>
        <FormAlert state={state} strings={strings} shown={hasField} ref={alertRef} />
        {done && state.status === "ok" ? done(state) : children}
      </FormContext>
    </form>
  );
}

function serverErrors(state: ActionState): Readonly<Record<string, string>> {
  if (state.status !== "error" || !state.fields) return none;
  return Object.fromEntries(state.fields.map((field) => [field.path, field.message]));
}

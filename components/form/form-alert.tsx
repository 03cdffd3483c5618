"use client";

import type { Ref } from "react";
import type { ActionState } from "@/lib/actions/action-state";
import { Alert } from "../ui/alert";
import { Countdown } from "../ui/countdown";
import { type FormStrings, fill } from "./form-strings";

type FormAlertProps = {
  state: ActionState;
  strings: FormStrings;
  /** Names that have a field of their own; errors of any others are listed here. */
  shown: (path: string) => boolean;
  ref?: Ref<HTMLDivElement> | undefined;
};

export function FormAlert({ state, strings, shown, ref }: FormAlertProps) {
  if (state.status === "ok" && state.message) {
    return (
      <Alert tone="good" live="status">
        {state.message}
      </Alert>
    );
  }
  if (state.status !== "error") return null;
  const elsewhere = state.fields?.filter((field) => !shown(field.path)) ?? [];
  return (
    <Alert tone="bad" live="alert" title={state.message} ref={ref}>
      {elsewhere.length > 0 && (
        <ul className="list-disc pl-4">
          {elsewhere.map((field) => (
            <li key={field.path}>{field.message}</li>
          ))}
        </ul>
      )}
      {state.retryAfterSec !== undefined && (
        <p>
          <Countdown seconds={state.retryAfterSec} template={strings.retryIn} />
        </p>
      )}
      <p className="text-xs">{fill(strings.reference, { id: state.requestId })}</p>
    </Alert>
  );
}

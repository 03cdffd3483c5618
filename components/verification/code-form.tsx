"use client";

import { ActionFormClient } from "@/components/form/action-form-client";
import { CodeField } from "@/components/form/fields";
import type { FormStrings } from "@/components/form/form-strings";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/actions/action-state";

type Props = {
  /** What the code proves, as the action calls it, and its id. */
  of: { name: string; value: string };
  labels: { title: string; code: string; submit: string };
  strings: FormStrings;
  submitCode: FormAction;
  onDone: () => Promise<unknown>;
};

/** The field for a code that came by a message. */
export function CodeForm({ of, labels, strings, submitCode, onDone }: Props) {
  return (
    <ActionFormClient action={submitCode} strings={strings} label={labels.title} onSuccess={() => void onDone()} className="max-w-form">
      <input type="hidden" {...of} />
      <CodeField name="code" label={labels.code} required />
      <div>
        <SubmitButton wide="phone">{labels.submit}</SubmitButton>
      </div>
    </ActionFormClient>
  );
}

"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { FormAction } from "@/lib/actions/action-state";
import { ActionFormClient } from "../form/action-form-client";
import { useFormContext } from "../form/form-context";
import type { FormStrings } from "../form/form-strings";
import { Button, type ButtonProps } from "../ui/button";

type InboxFormProps = { action: FormAction; strings: FormStrings; label: string; children: ReactNode };

/** The whole inbox is one form; which button was pressed says what to do. What is marked moves away, so the focus goes to the list. */
export function InboxForm({ action, strings, label, children }: InboxFormProps) {
  const list = useRef<HTMLDivElement>(null);
  return (
    <ActionFormClient action={action} strings={strings} label={label} onSuccess={() => list.current?.focus()}>
      <div ref={list} tabIndex={-1} className="outline-none">
        {children}
      </div>
    </ActionFormClient>
  );
}

type LineButtonProps = Pick<ButtonProps, "variant" | "icon" | "children" | "name" | "value" | "aria-label">;

/** One of many submit buttons of a form: only the one that was pressed shows that it works. */
export function LineButton(props: LineButtonProps) {
  const { pending } = useFormContext();
  const [pressed, setPressed] = useState(false);
  useEffect(() => (pending ? () => setPressed(false) : undefined), [pending]);
  return (
    <Button
      {...props}
      type="submit"
      size="sm"
      pending={pending && pressed}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else setPressed(true);
      }}
    />
  );
}

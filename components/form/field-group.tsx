"use client";

import type { ReactNode } from "react";
import { FieldError } from "../ui/field";
import { useFormContext } from "./form-context";

type Props = {
  /** The path by which the whole group is refused; its fields have names of their own. */
  name: string;
  legend: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
};

/** Several fields that are judged as one: what is wrong with them is said below them. */
export function FieldGroup({ name, legend, hint, children }: Props) {
  const error = useFormContext().errors[name];
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  // aria-invalid is no attribute of a group: the form's focus finds a refused one by this
  const refused = error ? { "data-refused": true, tabIndex: -1 } : {};
  return (
    <fieldset name={name} aria-describedby={described || undefined} {...refused} className="min-w-0">
      <legend className="font-medium text-sm">{legend}</legend>
      {hint && (
        <p id={`${name}-hint`} className="mb-1.5 text-ink-muted text-sm">
          {hint}
        </p>
      )}
      {children}
      {error && <FieldError id={`${name}-error`}>{error}</FieldError>}
    </fieldset>
  );
}

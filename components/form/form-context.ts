"use client";

import { createContext, useContext } from "react";
import type { FormStrings } from "./form-strings";

export type FormContextValue = {
  pending: boolean;
  errors: Readonly<Record<string, string>>;
  /** What was typed before the server refused; undefined on a fresh form. */
  values: Readonly<Record<string, string>> | undefined;
  strings: FormStrings;
};

export const FormContext = createContext<FormContextValue | null>(null);

export function useFormContext(): FormContextValue {
  const value = useContext(FormContext);
  if (!value) throw new Error("This field stands outside of an ActionForm");
  return value;
}

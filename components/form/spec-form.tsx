import { useFormStrings } from "./form-strings";
import { SpecFormClient, type SpecFormProps } from "./spec-form-client";

/** Draws any FormSpec: posts without JavaScript, gives hints with it, and lets the server decide. */
export function SpecForm(props: SpecFormProps) {
  return <SpecFormClient {...props} strings={useFormStrings()} />;
}

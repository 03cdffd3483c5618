import { ActionFormClient, type ActionFormProps } from "./action-form-client";
import { useFormStrings } from "./form-strings";

/** A small hand-made form: put TextField, SelectField and the like inside, and a SubmitButton. */
export function ActionForm(props: ActionFormProps) {
  return <ActionFormClient {...props} strings={useFormStrings()} />;
}

/** A form as plain data: made on the server from a channel type, drawn by components/form/spec-form. Labels are already translated. */
export type FormSpec = {
  id: string;
  fields: FormFieldSpec[];
};

export type FormControl = "text" | "email" | "phone" | "number" | "password" | "textarea" | "select" | "checkbox" | "hidden";

export type FormFieldSpec = {
  name: string;
  label: string;
  control: FormControl;
  required: boolean;
  hint?: string | undefined;
  placeholder?: string | undefined;
  secret?: boolean | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  pattern?: string | undefined;
  min?: number | undefined;
  max?: number | undefined;
  options?: FormOption[] | undefined;
  autoComplete?: string | undefined;
  inputMode?: "text" | "email" | "tel" | "url" | "numeric" | "decimal" | undefined;
  showWhen?: ShowWhen | undefined;
  /** A secret that is kept already: left empty, it stays as it is. */
  stored?: boolean | undefined;
  /** Seldom changed: may be folded away. */
  advanced?: boolean | undefined;
  /** Follows that field's value until the person types one. */
  suggestFrom?: string | undefined;
  defaultValue?: FormValue | undefined;
};

/** Another field's value, or one of several, on which this field is asked for. */
export type ShowWhen = { field: string; equals: string | boolean | readonly string[] };

export type FormOption = { value: string; label: string };

export type FormValue = string | number | boolean;

export function holds({ equals }: ShowWhen, value: FormValue | undefined): boolean {
  return Array.isArray(equals) ? equals.includes(value) : value === equals;
}

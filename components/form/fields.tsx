"use client";

import type { ComponentProps, ReactNode } from "react";
import { Checkbox } from "../ui/checkbox";
import { CodeInput } from "../ui/code-input";
import { Field, FieldError } from "../ui/field";
import { Input } from "../ui/input";
import { RadioGroup, type RadioGroupProps } from "../ui/radio-group";
import { Select, type SelectOption } from "../ui/select";
import { Textarea } from "../ui/textarea";
import { useFormContext } from "./form-context";
import { PasswordInput } from "./password-input";

type Common = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  hideLabel?: boolean | undefined;
  /** Not "optional" although it may stay empty: what is stored is kept then. */
  kept?: boolean | undefined;
};

/** What the fields below share: their error, what was typed before, and the word "optional". */
function useField({ name, label, hint, hideLabel, kept, required }: Common & { required?: boolean | undefined }) {
  const { errors, values, strings } = useFormContext();
  const error = errors[name];
  return {
    field: { label, hint, hideLabel, required, error, optionalLabel: kept ? undefined : strings.optional },
    typed: values?.[name],
    values,
    error,
    strings,
  };
}

type TextFieldProps = Common & Omit<ComponentProps<"input">, keyof Common> & { mono?: boolean | undefined };

export function TextField({ name, label, hint, hideLabel, defaultValue, ...rest }: TextFieldProps) {
  const { field, typed } = useField({ name, label, hint, hideLabel, required: rest.required });
  return <Field {...field}>{(control) => <Input {...rest} {...control} name={name} defaultValue={typed ?? defaultValue} />}</Field>;
}

export function TextareaField({
  name,
  label,
  hint,
  hideLabel,
  defaultValue,
  ...rest
}: Common & Omit<ComponentProps<"textarea">, keyof Common>) {
  const { field, typed } = useField({ name, label, hint, hideLabel, required: rest.required });
  return <Field {...field}>{(control) => <Textarea {...rest} {...control} name={name} defaultValue={typed ?? defaultValue} />}</Field>;
}

/** Never refilled; `autoComplete` is "current-password" or "new-password". */
export function PasswordField({ name, label, hint, hideLabel, kept, ...rest }: TextFieldProps) {
  const { field, strings } = useField({ name, label, hint, hideLabel, kept, required: rest.required });
  return <Field {...field}>{(control) => <PasswordInput {...rest} {...control} name={name} strings={strings} />}</Field>;
}

export function CodeField({ name, label, hint, hideLabel, ...rest }: TextFieldProps & { length?: number }) {
  const { field } = useField({ name, label, hint, hideLabel, required: rest.required });
  return <Field {...field}>{(control) => <CodeInput {...rest} {...control} name={name} />}</Field>;
}

type SelectFieldProps = Common &
  Omit<ComponentProps<"select">, keyof Common> & {
    options: readonly SelectOption[];
    placeholder?: string | undefined;
  };

export function SelectField({ name, label, hint, hideLabel, defaultValue, ...rest }: SelectFieldProps) {
  const { field, typed } = useField({ name, label, hint, hideLabel, required: rest.required });
  return <Field {...field}>{(control) => <Select {...rest} {...control} name={name} defaultValue={typed ?? defaultValue} />}</Field>;
}

type CheckboxFieldProps = Common & Omit<ComponentProps<"input">, keyof Common | "type">;

export function CheckboxField({ name, label, hint, defaultChecked, ...rest }: CheckboxFieldProps) {
  const { error, values } = useField({ name, label, required: rest.required });
  return (
    <div>
      <Checkbox
        {...rest}
        name={name}
        label={label}
        hint={hint}
        defaultChecked={values ? name in values : defaultChecked}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
      />
      {error && <FieldError id={`${name}-error`}>{error}</FieldError>}
    </div>
  );
}

export function RadioField({ defaultValue, ...rest }: Omit<RadioGroupProps, "error">) {
  const { errors, values } = useFormContext();
  return <RadioGroup {...rest} defaultValue={values?.[rest.name] ?? defaultValue} error={errors[rest.name]} />;
}

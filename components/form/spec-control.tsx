"use client";

import dynamic from "next/dynamic";
import type { UseFormRegisterReturn } from "react-hook-form";
import type { FormFieldSpec, FormValue } from "@/lib/channels/form-spec";
import { Checkbox } from "../ui/checkbox";
import { Field, FieldError } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { Textarea } from "../ui/textarea";
import type { FormStrings } from "./form-strings";
import { PasswordInput } from "./password-input";
import type { PhoneSettings } from "./phone-input";

// Most forms ask for no phone number.
const PhoneInput = dynamic(() => import("./phone-input").then((module) => module.PhoneInput));

/** Always as long, whatever is kept (R45). */
const STORED = "••••••••";

type SpecControlProps = {
  field: FormFieldSpec;
  /** Its showWhen holds. */
  shown: boolean;
  enhanced: boolean;
  error: string | undefined;
  value: FormValue | undefined;
  phone: PhoneSettings | undefined;
  strings: FormStrings;
  registration: UseFormRegisterReturn;
};

export function SpecControl(props: SpecControlProps) {
  const { field, shown, enhanced } = props;
  if (field.control === "hidden") return <Control {...props} />;
  // Without JavaScript nothing can bring a hidden field back, so there it stays in sight and the server decides.
  return (
    <fieldset disabled={enhanced && !shown} className={shown ? "min-w-0" : "hidden min-w-0 noscript:block"}>
      <Control {...props} />
    </fieldset>
  );
}

function Control({ field, shown, error, value, phone, strings, registration }: SpecControlProps) {
  const text = value === undefined ? undefined : String(value);
  const required = field.required && shown && !field.stored;
  const checks = {
    minLength: field.minLength,
    maxLength: field.maxLength,
    placeholder: field.stored ? STORED : field.placeholder,
    autoComplete: field.autoComplete,
  };
  if (field.control === "hidden") return <input {...registration} type="hidden" defaultValue={text} />;
  if (field.control === "checkbox") {
    const errorId = `${field.name}-error`;
    return (
      <>
        <Checkbox
          {...registration}
          label={field.label}
          hint={field.hint}
          required={required}
          defaultChecked={value === true || value === "true"}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
        />
        {error && <FieldError id={errorId}>{error}</FieldError>}
      </>
    );
  }
  return (
    <Field
      label={field.label}
      hint={field.stored ? strings.stored : field.hint}
      error={error}
      required={required}
      optionalLabel={field.required || field.stored ? undefined : strings.optional}
    >
      {(control) => {
        const shared = { ...registration, ...control, defaultValue: text };
        switch (field.control) {
          case "select":
            return <Select {...shared} options={field.options} placeholder={field.placeholder} autoComplete={field.autoComplete} />;
          case "textarea":
            return <Textarea {...shared} {...checks} />;
          case "password":
            return (
              <PasswordInput
                {...registration}
                {...control}
                {...checks}
                autoComplete={field.autoComplete ?? "new-password"}
                strings={strings}
              />
            );
          case "phone":
            return (
              <PhoneInput
                {...(phone ?? { countries: [], defaultCountry: "" })}
                name={field.name}
                control={control}
                defaultValue={text}
                inputProps={{ ...registration, placeholder: field.placeholder }}
                strings={strings.phone}
              />
            );
          default:
            return (
              <Input
                {...shared}
                {...checks}
                type={field.secret ? "password" : field.control}
                inputMode={field.inputMode}
                pattern={field.pattern}
                min={field.min}
                max={field.max}
                step={field.control === "number" ? "any" : undefined}
              />
            );
        }
      }}
    </Field>
  );
}

"use client";

import type { ReactNode } from "react";
import { Field } from "../ui/field";
import { useFormContext } from "./form-context";
import { PhoneInput, type PhoneSettings } from "./phone-input";

type PhoneFieldProps = PhoneSettings & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  required?: boolean | undefined;
  defaultValue?: string | undefined;
};

/** The phone control inside an ActionForm. */
export function PhoneField({ name, label, hint, required, defaultValue, ...settings }: PhoneFieldProps) {
  const { errors, values, strings } = useFormContext();
  return (
    <Field label={label} hint={hint} required={required} error={errors[name]} optionalLabel={strings.optional}>
      {(control) => (
        <PhoneInput
          {...settings}
          defaultCountry={values?.[`${name}Country`] ?? settings.defaultCountry}
          name={name}
          control={control}
          defaultValue={values?.[name] ?? defaultValue}
          strings={strings.phone}
        />
      )}
    </Field>
  );
}

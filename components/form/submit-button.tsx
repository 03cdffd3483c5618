"use client";

import { useContext } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "../ui/button";
import { FormContext } from "./form-context";

/** Inside an ActionForm, a SpecForm or a plain form with a server action: pending by itself, and deaf meanwhile. */
export function SubmitButton({ variant = "primary", onClick, ...rest }: Omit<ButtonProps, "type" | "pending">) {
  const native = useFormStatus().pending;
  const pending = useContext(FormContext)?.pending || native;
  return (
    <Button
      {...rest}
      type="submit"
      variant={variant}
      pending={pending}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}

import type { RegisterOptions } from "react-hook-form";
import type { FormFieldSpec } from "@/lib/channels/form-spec";
import { type FormStrings, fill } from "./form-strings";

const emailShape = /^[^\s@]+@[^\s@]+$/;

/** The spec's limits as hints for react-hook-form; the server's schema has the last word. */
export function rulesFor(field: FormFieldSpec, checks: FormStrings["checks"]): RegisterOptions {
  const rules: RegisterOptions = {};
  if (field.required && !field.stored) rules.required = requiredText(field, checks);
  if (field.minLength !== undefined) {
    rules.minLength = { value: field.minLength, message: fill(checks.minLength, { min: field.minLength }) };
  }
  if (field.maxLength !== undefined) {
    rules.maxLength = { value: field.maxLength, message: fill(checks.maxLength, { max: field.maxLength }) };
  }
  if (field.min !== undefined) {
    rules.min = { value: field.min, message: fill(checks.min, { min: field.min }) };
  }
  if (field.max !== undefined) {
    rules.max = { value: field.max, message: fill(checks.max, { max: field.max }) };
  }
  if (field.pattern) {
    rules.pattern = { value: new RegExp(`^(?:${field.pattern})$`, "v"), message: checks.pattern };
  } else if (field.control === "email") {
    rules.pattern = { value: emailShape, message: checks.email };
  }
  return rules;
}

function requiredText(field: FormFieldSpec, checks: FormStrings["checks"]): string {
  if (field.control === "select") return checks.choose;
  return field.control === "checkbox" ? checks.tick : checks.required;
}

import { type FormStrings, fill } from "./form-strings";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** The browser's own constraint checks in the person's language, as a hint; the server decides. */
export function nativeErrors(form: HTMLFormElement, strings: FormStrings): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const element of form.elements) {
    if (!isControl(element) || !element.name || element.name in errors) continue;
    const message = nativeError(element, strings.checks);
    if (message) errors[element.name] = message;
  }
  return errors;
}

function isControl(element: Element): element is Control {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
}

function nativeError(control: Control, checks: FormStrings["checks"]): string | undefined {
  const { validity } = control;
  if (!control.willValidate || validity.valid) return undefined;
  if (validity.valueMissing) {
    if (control instanceof HTMLSelectElement || control.type === "radio") return checks.choose;
    return control.type === "checkbox" ? checks.tick : checks.required;
  }
  if (validity.typeMismatch) return control.type === "email" ? checks.email : checks.pattern;
  if (validity.badInput) return checks.number;
  if (control instanceof HTMLSelectElement) return checks.other;
  if (validity.tooShort) return fill(checks.minLength, { min: control.minLength });
  if (validity.tooLong) return fill(checks.maxLength, { max: control.maxLength });
  if (validity.patternMismatch) return checks.pattern;
  if (control instanceof HTMLInputElement) {
    if (validity.rangeUnderflow) return fill(checks.min, { min: control.min });
    if (validity.rangeOverflow) return fill(checks.max, { max: control.max });
  }
  return checks.other;
}

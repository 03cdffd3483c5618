import type { FormFieldSpec } from "@/lib/channels/form-spec";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What the form's fields say now, in the shape that the API takes. What was left empty or is not asked for is left out. */
export function valuesOf(form: HTMLFormElement, fields: readonly FormFieldSpec[]): Record<string, unknown> {
  const data = new FormData(form);
  const values: Record<string, unknown> = {};
  for (const { name, control } of fields) {
    const typed = data.get(name);
    if (control === "checkbox") values[name] = typed === "on";
    else if (typeof typed === "string" && typed !== "") values[name] = control === "number" ? Number(typed) : typed;
  }
  return values;
}

/** Puts values into the form's fields. Whoever listens to the form hears of it, and can tell that nobody typed. */
export function setFields(form: HTMLFormElement, values: Readonly<Record<string, string>>): void {
  form.dataset.filling = "true";
  for (const [name, value] of Object.entries(values)) setField(form, name, value);
  delete form.dataset.filling;
}

export function isFilling(form: HTMLFormElement): boolean {
  return form.dataset.filling !== undefined;
}

function setField(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof RadioNodeList) {
    const radio = [...field].find((each) => each instanceof HTMLInputElement && each.value === value);
    if (radio instanceof HTMLInputElement && !radio.checked) radio.click();
    return;
  }
  if (!isControl(field) || field.value === value) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function isControl(element: Element | null): element is Control {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
}

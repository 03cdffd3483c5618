import type { FormFieldSpec } from "@/lib/channels/form-spec";

/** How programs are to name an account. */
export function identifierField(label: string, hint: string): FormFieldSpec {
  return {
    name: "identifier",
    label,
    hint,
    control: "text",
    required: false,
    maxLength: 100,
    pattern: "[A-Za-z0-9_\\-]+",
    autoComplete: "off",
  };
}

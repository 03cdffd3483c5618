import { contactPointType } from "@/lib/channels/registry";
import { redactText } from "@/lib/core/redact";

/** So many digits in a row of a label that end like the address are that number, however it was written. */
const NUMBER_DIGITS = 6;

/**
 * A label as anybody but its owner sees it, and as audit rows keep it (R66, R67): the label that is
 * suggested is the address itself.
 */
export function maskLabel(row: { type: string; label: string; address: string }): string {
  const label = redactText(row.label);
  const digits = row.label.normalize("NFKC").replace(/\D/g, "").replace(/^0+/, "");
  const isNumber = digits.length >= NUMBER_DIGITS && row.address.replace(/\D/g, "").endsWith(digits);
  return isNumber ? (contactPointType(row.type)?.mask(row.address) ?? "") : label;
}

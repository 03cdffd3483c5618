import type { SenderText } from "@/lib/channels/providers/define";
import { plainUrl } from "@/lib/channels/providers/parts/base-url";

/** What may stand in an address or a body, and what goes there for one text. */
const PLACEHOLDERS = {
  to: (text: SenderText) => text.to,
  from: (text: SenderText) => text.from,
  text: (text: SenderText) => text.text,
  reference: (text: SenderText) => text.reference,
  toDigits: (text: SenderText) => text.to.replace(/^\+/, ""),
  fromDigits: (text: SenderText) => text.from.replace(/^\+/, ""),
} as const;

type Name = keyof typeof PLACEHOLDERS;
type Slip = "template_unknown" | "template_url" | "template_json" | "template_form";

const SAMPLE: SenderText = { from: "+10000000000", to: "+10000000000", text: "text", reference: "reference" };
const PLACEHOLDER = /\{(\w+)\}/g;

/** Put in as a part of an address, whatever the text contains. */
export function fillUrl(template: string, text: SenderText): string {
  return replace(template, text, encodeURIComponent);
}

/** The template is JSON, and only its texts are filled: nothing in a message can become a key or end a string. */
export function fillJson(template: string, text: SenderText): string {
  return JSON.stringify(JSON.parse(template), (_, value: unknown) => (typeof value === "string" ? replace(value, text) : value));
}

/** `name=value` pairs, parted by `&` or by lines. */
export function fillForm(template: string, text: SenderText): string {
  return new URLSearchParams(pairsOf(template).map(([name, value]) => [name, replace(value, text)])).toString();
}

/** What is wrong with an address; placeholders stand behind the host only. */
export function urlSlip(template: string): Slip | undefined {
  if (hasUnknown(template)) return "template_unknown";
  const host = /^https?:\/\/([^/?#]*)/i.exec(template)?.[1] ?? "{";
  return /[{}]/.test(host) || !plainUrl(fillUrl(template, SAMPLE)) ? "template_url" : undefined;
}

export function bodySlip(template: string, format: "json" | "form"): Slip | undefined {
  if (hasUnknown(format === "json" ? textsOf(template).join(" ") : template)) return "template_unknown";
  if (format === "form") return pairsOf(template).every(([name]) => /^[^{}\s]+$/.test(name)) ? undefined : "template_form";
  try {
    const value: unknown = JSON.parse(template);
    return typeof value === "object" && value !== null ? undefined : "template_json";
  } catch {
    return "template_json";
  }
}

export function uses(templates: readonly (string | undefined)[], ...names: readonly Name[]): boolean {
  return names.some((name) => templates.some((template) => template?.includes(`{${name}}`)));
}

function replace(template: string, text: SenderText, encode: (value: string) => string = (value) => value): string {
  // One pass: what a message contains is never read as a placeholder.
  return template.replace(PLACEHOLDER, (whole, name: string) => (isName(name) ? encode(PLACEHOLDERS[name](text)) : whole));
}

function hasUnknown(template: string): boolean {
  return [...template.matchAll(PLACEHOLDER)].some(([, name = ""]) => !isName(name));
}

function isName(name: string): name is Name {
  return Object.hasOwn(PLACEHOLDERS, name);
}

function pairsOf(template: string): Array<[string, string]> {
  const parts = template.split(/[&\r\n]+/).map((part) => part.trim());
  return parts
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? ["", ""] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    });
}

function textsOf(json: string): string[] {
  const found: string[] = [];
  try {
    JSON.parse(json, (_, value: unknown) => {
      if (typeof value === "string") found.push(value);
      return value;
    });
  } catch {
    return [];
  }
  return found;
}

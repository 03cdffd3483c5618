import { z } from "zod";
import { field } from "@/lib/channels/define";
import type { ProviderType } from "@/lib/channels/providers/define";
import { plainUrl } from "@/lib/channels/providers/parts/base-url";
import { optionalText } from "@/lib/channels/providers/parts/optional-text";
import { singleLineText } from "@/lib/core/safe-text";

export const CHANNELS = ["in_app", "email", "sms", "chat", "push"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What an account with a provider asks for: enough of a provider to keep one, whether or not it can deliver here. */
export interface CredentialForm {
  /** As integrations name it. */
  id: string;
  channel: Channel;
  config: z.ZodObject;
  configVersion: number;
  /** Fields that say where a secret goes (R44). */
  bound: readonly string[];
}

/** A provider as the world names it. */
export interface CatalogueEntry {
  id: string;
  /** A name of its own, the same in every language. */
  name: string;
  channel: Channel;
  form: CredentialForm;
  /** Messages can go out through it here. */
  delivers: boolean;
  /** A connection's token can be exchanged for a new one with its refresh token. */
  rotates: boolean;
}

interface More {
  bound?: readonly string[];
  rotates?: boolean;
}

/** A provider whose account can be kept here. */
export function kept(channel: Channel, id: string, name: string, fields: z.ZodRawShape, { bound = [], rotates = false }: More = {}) {
  const form: CredentialForm = { id, channel, config: z.strictObject(fields), configVersion: 1, bound };
  return { id, name, channel, form, delivers: false, rotates } satisfies CatalogueEntry;
}

/** A provider that can deliver here, by the name that the world gives it. */
export function delivering(
  id: string,
  name: string,
  type: Pick<ProviderType, "id" | "channel" | "configVersion"> & { config: z.ZodObject; bound: readonly string[] },
): CatalogueEntry {
  return { id, name, channel: type.channel, form: type, delivers: true, rotates: false };
}

const PLAIN_MAX = 255;
const SECRET_MAX = 4096;
const DOCUMENT_MAX = 16_384;

const line = (max: number) => singleLineText({ max });

export function plain(words: string) {
  return field(line(PLAIN_MAX), { control: "text", words, maxLength: PLAIN_MAX, autoComplete: "off" });
}

export function maybe(words: string) {
  return field(optionalText(line(PLAIN_MAX)), { control: "text", words, maxLength: PLAIN_MAX, autoComplete: "off" });
}

export function secret(words: string) {
  return field(line(SECRET_MAX), { control: "password", words, secret: true, maxLength: SECRET_MAX });
}

export function maybeSecret(words: string) {
  return field(optionalText(line(SECRET_MAX)), { control: "password", words, secret: true, maxLength: SECRET_MAX });
}

/** A key or an account that comes as a file of several lines. */
export function document(words: string) {
  const several = z
    .string()
    .trim()
    .min(1)
    .max(DOCUMENT_MAX)
    .regex(/^[\t\n\r\x20-\x7e]*$/);
  return field(several, { control: "textarea", words, secret: true, maxLength: DOCUMENT_MAX });
}

const address = z
  .string()
  .trim()
  .max(512)
  .refine((text) => plainUrl(text) !== undefined, { params: { reason: "base_url" } });

export function url(words: string) {
  return field(address, { control: "text", words, inputMode: "url", maxLength: 512, autoComplete: "off" });
}

export function maybeUrl(words: string) {
  return field(optionalText(address), { control: "text", words, inputMode: "url", maxLength: 512, autoComplete: "off" });
}

export function port() {
  return field(z.number().int().min(1).max(65_535), { control: "number", words: "port", inputMode: "numeric" });
}

export function yesNo(words: string) {
  return field(z.boolean().default(false), { control: "checkbox", words });
}

/** What is asked for where nobody says precisely what the provider takes. */
export function generic(): z.ZodRawShape {
  return { account: maybe("account"), credential: maybeSecret("credential"), apiAddress: maybeUrl("apiAddress") };
}

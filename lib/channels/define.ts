import { z } from "zod";
import type { FormControl, ShowWhen } from "@/lib/channels/form-spec";
import type { Limits } from "@/lib/core/limits";
import type { Payload } from "@/lib/delivery/payload";
import type { DeliveryResult } from "@/lib/delivery/result";

/** How one field of a type is asked for. Its words stand in the type's namespace: `contactPointTypes` or `providerTypes`. */
export interface FieldMeta {
  control: FormControl;
  secret?: boolean;
  placeholder?: string;
  hint?: boolean;
  autoComplete?: string;
  inputMode?: "text" | "email" | "tel" | "url" | "numeric";
  maxLength?: number;
  showWhen?: ShowWhen;
  /** Whether it must be filled while it is shown; unless said, the schema tells. */
  required?: boolean;
  /** Seldom changed: stands folded away, under "More settings". */
  advanced?: true;
  /** The key of the field's label, hint and name in the words of the type. */
  words: string;
}

export const fieldMeta = z.registry<FieldMeta>();

/** Declares a field: its schema and how it is asked for. A wrapper, so that a misspelt key is a type error. */
export function field<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  fieldMeta.add(schema, meta);
  return schema;
}

/** How control of an address is proved; which credentials a challenge gets follows from it. */
export type VerificationKind = "link_and_code" | "code" | "confirm";

/** One message on its way out, opened and ready to render. */
export interface Outgoing {
  institutionId: string;
  messageId: string;
  subscriberId: string | null;
  contactPointId: string | null;
  verificationId: string | null;
  locale: string;
  /** The Message-ID without brackets, or the reference for a text; the same for every attempt (R70). */
  reference: string;
  payload: Payload;
}

/** The ways out of the process that a type may use. It has no others. */
export interface DeliveryIo {
  sendMail(message: {
    to: string;
    subject: string;
    html: string;
    text: string;
    messageId: string;
    senderName: string;
    language: string;
  }): Promise<DeliveryResult>;
  sendText(message: { to: string; text: string; reference: string }): Promise<DeliveryResult>;
  /** Keeps a line for the person's inbox; it is written in the transaction that finishes the message. */
  writeInbox(line: { kind: string; data: Record<string, string>; verificationId: string | null }): void;
}

export interface ContactPointType<C extends z.ZodObject = z.ZodObject> {
  id: string;
  icon: "mail" | "phone" | "bell";
  /** What the form asks for; also the API's schema. Strict: unknown keys are refused. */
  config: C;
  configVersion: number;
  /** The canonical address: stored, compared (R17) and sent to. */
  address: (config: z.output<C>, owner: { subscriberId: string }) => string;
  /** What limits and suppressions count by; one value for every spelling of one mailbox. */
  countingKey: (address: string) => string;
  /** How its owner sees it. */
  display: (address: string) => string;
  /** How everybody else, logs and audit see it (R67). */
  mask: (address: string) => string;
  /** The form's values for an existing address, to start a change from. */
  toForm: (config: z.output<C>) => Record<string, string>;
  verification: { kind: VerificationKind; ttlSec: (limits: Limits) => number };
  /** One subscriber may hold only one (its address is the subscriber). */
  single: boolean;
  /** Never throws for a remote refusal: what happened is data. */
  deliver: (io: DeliveryIo, outgoing: Outgoing) => Promise<DeliveryResult>;
}

export function defineContactPointType<C extends z.ZodObject>(type: ContactPointType<C>): ContactPointType<C> {
  return type;
}

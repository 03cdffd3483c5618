import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { singleLineText } from "@/lib/core/safe-text";

export const idSchema = z.string().refine(isId, { params: { reason: "invalid" } });

/** How programs name a connection, an endpoint or a subscriber. */
export const identifierSchema = singleLineText({ max: 255 });

/** How a new one is to be named: what cannot stand in an address by itself is nobody's name. */
export const newIdentifierSchema = identifierSchema.refine((text) => text !== "." && text !== "..", { params: { reason: "invalid" } });

/** A context's type, or its id. */
export const ContextPart = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);
const CONTEXTS_MAX = 5;
const DATA_MAX = 4096;

const data = z
  .record(z.string().max(255), z.json())
  .refine((value) => JSON.stringify(value).length <= DATA_MAX, { params: { reason: "too_long", max: DATA_MAX } });

/** `{ tenant: "acme" }`, or `{ tenant: { id: "acme", data: { … } } }`. */
export const contextSchema = z
  .record(ContextPart, z.union([ContextPart, z.strictObject({ id: ContextPart, data: data.optional() })]))
  .refine((value) => Object.keys(value).length >= 1 && Object.keys(value).length <= CONTEXTS_MAX, { params: { reason: "contexts" } });

export type ContextInput = z.output<typeof contextSchema>;

export const modeSchema = z.enum(["subscriber", "shared"]);

export const workspaceSchema = z.strictObject({
  id: singleLineText({ max: 255 }),
  name: singleLineText({ max: 255 }).optional(),
});

/** Any text that a provider may have made; it goes into a header, where control characters have no place. */
const token = singleLineText({ max: 8192 });
const instant = z.iso
  .datetime({ offset: true })
  // between 1970 and 9999, also once the offset is taken off: what a column can hold and an answer can show
  .refine((text) => new Date(text).getTime() >= 0 && new Date(text).getTime() < Date.UTC(9999, 0, 1), { params: { reason: "invalid" } })
  .transform((text) => new Date(text));

export const authSchema = z.strictObject({
  accessToken: token,
  refreshToken: token.optional(),
  expiresAt: instant.optional(),
  refreshTokenExpiresAt: instant.optional(),
});

/** One connection, by its id or as programs call it. */
export const ConnectionRef = z.strictObject({ connectionId: idSchema.optional(), identifier: z.string().optional() });

/** The resource that a connection or an endpoint belongs to, by ids or as programs call them. */
export const resourceFields = {
  integrationId: idSchema.optional(),
  integrationIdentifier: z.string().optional(),
  subscriberId: idSchema.optional(),
  /** A subscriber by the id under which another system knows them. */
  externalId: z.string().optional(),
};

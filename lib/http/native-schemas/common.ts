import { z } from "zod";

export const id = z.uuid();
export const instant = z.iso.datetime();
/** Values by their names, as forms and the audit log keep them; a secret among them is its mask. */
export const values = z.record(z.string(), z.unknown());
export const named = z.object({ id, name: z.string() });

/** One page of a list, and the cursors of the pages around it. */
export function page<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), next: z.string().nullable(), previous: z.string().nullable() });
}

export const Count = z.object({ count: z.int().min(0) });

/** What fills a sentence about a problem. */
export const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** What was made, by its id. */
export const Made = z.object({ id });

import { z } from "zod";

/** A text that may be left out: an empty field of a form says the same. */
export function optionalText<S extends z.ZodType<string, string>>(schema: S) {
  return z
    .string()
    .transform((text) => (text === "" ? undefined : text))
    .pipe(schema.optional())
    .optional();
}

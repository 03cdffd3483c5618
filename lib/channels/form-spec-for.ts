import type { z } from "zod";
import { type ContactPointType, fieldMeta } from "@/lib/channels/define";
import type { FormFieldSpec, FormSpec } from "@/lib/channels/form-spec";

type Words = (key: string) => string;

/**
 * The form of a type as plain data, in one language. `t` reads the `contactPointTypes` namespace.
 * It is a hint to the browser: the type's own schema judges what comes back.
 */
export function formSpecFor(type: ContactPointType, t: Words): FormSpec {
  const fields = Object.entries(type.config.shape).map(([name, schema]) => toField(type, name, schema as z.ZodType, t));
  return { id: type.id, fields };
}

function toField(type: ContactPointType, name: string, schema: z.ZodType, t: Words): FormFieldSpec {
  const meta = fieldMeta.get(schema);
  if (!meta) {
    throw new Error(`field ${type.id}.${name} was declared without field()`);
  }
  return {
    name,
    label: t(`field.${meta.words}.label`),
    control: meta.control,
    required: !schema.safeParse(undefined).success,
    ...(meta.hint ? { hint: t(`field.${meta.words}.hint`) } : {}),
    ...(meta.placeholder ? { placeholder: meta.placeholder } : {}),
    ...(meta.secret ? { secret: true } : {}),
    ...(meta.autoComplete ? { autoComplete: meta.autoComplete } : {}),
    ...(meta.inputMode ? { inputMode: meta.inputMode } : {}),
    ...(meta.maxLength ? { maxLength: meta.maxLength } : {}),
    ...(meta.showWhen ? { showWhen: meta.showWhen } : {}),
  };
}

/** What a posted form says, in the shape of the type's schema. A phone field posts its country beside it. */
export function configFromForm(type: ContactPointType, read: (name: string) => string): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(type.config.shape)) {
    const control = fieldMeta.get(schema as z.ZodType)?.control;
    if (control === "phone") {
      config[name] = { number: read(name), country: read(`${name}Country`) };
    } else if (control === "checkbox") {
      config[name] = read(name) === "on";
    } else if (control === "number") {
      config[name] = read(name) === "" ? undefined : Number(read(name));
    } else {
      config[name] = read(name);
    }
  }
  return config;
}

import { z } from "zod";
import { type FieldMeta, fieldMeta } from "@/lib/channels/define";
import { type FormFieldSpec, type FormSpec, type FormValue, holds } from "@/lib/channels/form-spec";
import { SECRET_MASK } from "@/lib/channels/secret-mask";

type Words = (key: string) => string;

/** What a contact point type and a provider type have in common here. */
interface FormType {
  id: string;
  config: z.ZodObject;
}

interface Field {
  name: string;
  schema: z.ZodType;
  meta: FieldMeta;
}

/**
 * The form of a type as plain data, in one language. `t` reads the type's namespace; `stored` names the secrets that are kept.
 * It is a hint to the browser: the type's own schema judges what comes back.
 */
export function formSpecFor(type: FormType, t: Words, stored: readonly string[] = []): FormSpec {
  return { id: type.id, fields: fieldsOf(type).map((field) => toField(field, t, stored.includes(field.name))) };
}

function fieldsOf(type: FormType): Field[] {
  return Object.entries(type.config.shape).map(([name, schema]) => {
    const meta = fieldMeta.get(schema as z.ZodType);
    if (!meta) {
      throw new Error(`field ${type.id}.${name} was declared without field()`);
    }
    return { name, schema: schema as z.ZodType, meta };
  });
}

/** The names of the fields that are secret: what is sealed, and shown by nobody (R45). */
export function secretsOf(type: FormType): string[] {
  return fieldsOf(type)
    .filter(({ meta }) => meta.secret)
    .map(({ name }) => name);
}

function toField({ name, schema, meta }: Field, t: Words, stored: boolean): FormFieldSpec {
  return {
    name,
    label: t(`field.${meta.words}.label`),
    control: meta.control,
    required: meta.required ?? !schema.safeParse(undefined).success,
    ...limitsOf(schema, meta, t),
    ...(meta.hint ? { hint: t(`field.${meta.words}.hint`) } : {}),
    ...(meta.placeholder ? { placeholder: meta.placeholder } : {}),
    ...(meta.secret ? { secret: true } : {}),
    ...(meta.secret && stored ? { stored } : {}),
    ...(meta.autoComplete ? { autoComplete: meta.autoComplete } : {}),
    ...(meta.inputMode ? { inputMode: meta.inputMode } : {}),
    ...(meta.maxLength ? { maxLength: meta.maxLength } : {}),
    ...(meta.showWhen ? { showWhen: meta.showWhen } : {}),
    ...(meta.advanced ? { advanced: true } : {}),
  };
}

/** What the schema itself knows: its default, a number's range, the values of a choice. */
function limitsOf(schema: z.ZodType, meta: FieldMeta, t: Words): Partial<FormFieldSpec> {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const inner = limitsOf(schema.def.innerType as z.ZodType, meta, t);
    return meta.secret ? inner : { ...inner, defaultValue: schema.def.defaultValue as FormValue };
  }
  if (schema instanceof z.ZodOptional) {
    return limitsOf(schema.def.innerType as z.ZodType, meta, t);
  }
  if (schema instanceof z.ZodNumber) {
    return { ...(isLimit(schema.minValue) ? { min: schema.minValue } : {}), ...(isLimit(schema.maxValue) ? { max: schema.maxValue } : {}) };
  }
  if (schema instanceof z.ZodEnum) {
    return { options: schema.options.map((value) => ({ value: String(value), label: t(`field.${meta.words}.option.${value}`) })) };
  }
  return {};
}

function isLimit(value: number | null): value is number {
  return value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

/**
 * What a posted form says, in the shape of the type's schema. A phone field posts its country beside it;
 * what was left empty or is not asked for is left out, and an empty field of a `stored` secret means "unchanged".
 */
export function configFromForm(type: FormType, read: (name: string) => string, stored: readonly string[] = []): Record<string, unknown> {
  const fields = fieldsOf(type);
  const controls = new Map(fields.map(({ name, meta }) => [name, meta.control]));
  const posted = (name: string) => (controls.get(name) === "checkbox" ? read(name) === "on" : read(name));
  const config: Record<string, unknown> = {};
  for (const { name, schema, meta } of fields) {
    if (meta.showWhen && !holds(meta.showWhen, posted(meta.showWhen.field))) continue;
    if (meta.control === "phone") {
      config[name] = { number: read(name), country: read(`${name}Country`) };
    } else if (meta.control === "checkbox") {
      config[name] = posted(name);
    } else if (read(name) !== "") {
      config[name] = meta.control === "number" ? Number(read(name)) : read(name);
    } else if (meta.secret && stored.includes(name)) {
      config[name] = SECRET_MASK;
    } else if (!schema.safeParse(undefined).success) {
      config[name] = meta.control === "number" ? undefined : "";
    }
  }
  return config;
}

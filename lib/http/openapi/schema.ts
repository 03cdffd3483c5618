import { z } from "zod";

export type JsonSchema = Record<string, unknown>;

/** The named schemas that a document came to refer to. */
export type Components = Map<string, JsonSchema>;

/** A zod schema as JSON Schema 2020-12; what has a name is referred to by it, and kept among the components. */
export function toSchema(
  schema: z.ZodType,
  io: "input" | "output",
  names: ReadonlyMap<unknown, string>,
  components: Components,
): JsonSchema {
  const name = io === "output" ? names.get(schema) : undefined;
  if (name === undefined) {
    return convert(schema, io, names, components);
  }
  if (!components.has(name)) {
    components.set(name, {});
    components.set(name, convert(schema, io, names, components));
  }
  return referTo(name);
}

function convert(root: z.ZodType, io: "input" | "output", names: ReadonlyMap<unknown, string>, components: Components): JsonSchema {
  const {
    $schema: _,
    $defs: __,
    ...schema
  } = z.toJSONSchema(root, {
    io,
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const schema = zodSchema as unknown as z.ZodType;
      const named = io === "output" && schema !== root && names.has(schema);
      const replaced = named ? toSchema(schema, io, names, components) : undefined;
      // z.json() refers to itself: anything that JSON can say
      const open = zodSchema._zod.def.type === "lazy";
      if (jsonSchema.format === "date-time" || jsonSchema.format === "uuid") {
        // the format says it, in a tenth of the room
        delete jsonSchema.pattern;
      }
      if (replaced || open) {
        for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
        Object.assign(jsonSchema, replaced);
      }
    },
  });
  return withoutOwnRefs(schema) as JsonSchema;
}

function referTo(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** What zod extracted is the self-reference of `z.json()` alone; in a document of many schemas its place is another. */
function withoutOwnRefs(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(withoutOwnRefs);
  }
  if (typeof node !== "object" || node === null) {
    return node;
  }
  const entries = Object.entries(node).filter(([key, value]) => !(key === "$ref" && String(value).startsWith("#/$defs/")));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutOwnRefs(value)]));
}

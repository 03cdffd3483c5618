export type JsonSchema = Record<string, unknown>;
export type Schemas = Record<string, JsonSchema>;

/** What a value is, in a few words: its type, what there is to choose from, the name of what it consists of. */
export function typeOf(schema: JsonSchema): string {
  const { $ref, const: only, enum: choices, anyOf, oneOf, type, format, items } = schema as Record<string, unknown>;
  if (typeof $ref === "string") return $ref.split("/").at(-1) ?? "";
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(choices)) return choices.map((each) => JSON.stringify(each)).join(" | ");
  const several = (anyOf ?? oneOf) as JsonSchema[] | undefined;
  if (several) return [...new Set(several.map((each) => typeOf(each)))].slice(0, 6).join(" | ");
  if (type === "array") return `${typeOf((items ?? {}) as JsonSchema)}[]`;
  const name = Array.isArray(type) ? type.join(" | ") : String(type ?? "any");
  const told = [format, rangeOf(schema), schema["default"] === undefined ? undefined : `default ${JSON.stringify(schema["default"])}`];
  const notes = told.filter((note) => typeof note === "string");
  return notes.length > 0 ? `${name} (${notes.join(", ")})` : name;
}

/** Numbers that a client would not guess; those at the end of what an integer can be say nothing. */
function rangeOf({ minimum, maximum }: JsonSchema): string | undefined {
  const [from, to] = [minimum, maximum].map((each) =>
    typeof each === "number" && Math.abs(each) < Number.MAX_SAFE_INTEGER ? each : undefined,
  );
  return from === undefined || to === undefined ? undefined : `${from} to ${to}`;
}

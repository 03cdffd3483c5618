import fc from "fast-check";
import type { JsonSchema } from "@/lib/http/openapi/schema";

/** Ids that a request may name, by the name of the field or parameter that takes them. */
export type KnownIds = Record<string, readonly string[]>;

type Any = fc.Arbitrary<unknown>;

const mail = fc.stringMatching(/^[a-z]{3,8}@example\.com$/);
const country = fc.constantFrom("VN", "JP", "DE", "US");

/** What a schema cannot say: which texts are an address, a number, a country. */
const USUAL: Record<string, fc.Arbitrary<string>> = {
  domain: fc.stringMatching(/^[a-z]{3,8}\.example$/),
  email: mail,
  fromAddress: mail,
  send_from_email: mail,
  senderEmail: mail,
  phone_number: fc.stringMatching(/^\+8190\d{8}$/),
  number: fc.stringMatching(/^\+8150\d{8}$/),
  fromNumber: fc.stringMatching(/^\+8150\d{8}$/),
  country,
  defaultCountry: country,
  allow: country,
  forbid: country,
  monthlyBudget: fc.constantFrom("0", "10", "99.50"),
  currency: fc.constantFrom("USD", "JPY"),
  subject: fc.constantFrom("mailto:push@example.com", "https://example.com/push"),
  host: fc.constantFrom("smtp.example.com", "mail.example.org"),
  smtpHost: fc.constantFrom("smtp.example.com", "mail.example.org"),
};

/** Values as a schema has them: most fit, some nearly, and texts are of the kind that break things. */
export function arbitraryOf(schema: JsonSchema, ids: KnownIds, name = "", depth = 0): Any {
  const known = ids[name];
  if (known && known.length > 0) {
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.uuid({ version: 4 }) });
  }
  const usual = USUAL[name];
  if (usual && schema["type"] === "string" && !("enum" in schema)) {
    return fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: textOf(schema) });
  }
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const several = (schema["anyOf"] ?? schema["oneOf"]) as JsonSchema[] | undefined;
  if (several) return fc.oneof(...several.map((each) => arbitraryOf(each, ids, name, depth)));
  const type = schema["type"];
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => arbitraryOf({ ...schema, type: each }, ids, name, depth)));
  switch (type) {
    case "string":
      return textOf(schema);
    case "integer":
    case "number":
      return numberOf(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(arbitraryOf((schema["items"] ?? {}) as JsonSchema, ids, name, depth + 1), { maxLength: 4 });
    case "object":
      return objectOf(schema, ids, depth);
    default:
      return depth > 3 ? fc.constant(null) : fc.jsonValue({ maxDepth: 2 });
  }
}

/** A body that fits, or one with a member too many, too few, or of another kind. */
export function bodyOf(schema: JsonSchema, ids: KnownIds): Any {
  const fitting = arbitraryOf(schema, ids);
  const bent = fc
    .tuple(fitting, fc.nat(), fc.constantFrom("drop", "add", "replace"), fc.jsonValue({ maxDepth: 2 }))
    .map(([body, at, how, value]) => bend(body, at, how, value));
  return fc.oneof(
    { weight: 6, arbitrary: fitting },
    { weight: 3, arbitrary: bent },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
}

function bend(body: unknown, at: number, how: string, value: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return value;
  }
  const names = Object.keys(body);
  const name = names[at % Math.max(names.length, 1)] ?? "unknown";
  if (how === "drop") {
    return Object.fromEntries(Object.entries(body).filter(([each]) => each !== name));
  }
  return { ...body, [how === "add" ? `x${at % 7}` : name]: value };
}

const NASTY = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202e",
  "a\u0301",
  "ﬁ",
  "🏳️‍🌈",
  "%00",
  "'; --",
  "{{x}}",
  "<b>",
  "../..",
  "__proto__",
  "null",
  "１",
  "\u200b",
];

function textOf({ format, pattern, minLength, maxLength, example, examples }: JsonSchema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid({ version: 4 });
  if (format === "date-time")
    return fc.date({ min: new Date(0), max: new Date("2099-01-01"), noInvalidDate: true }).map((at) => at.toISOString());
  if (format === "date")
    return fc.date({ min: new Date(0), max: new Date("2099-01-01"), noInvalidDate: true }).map((at) => at.toISOString().slice(0, 10));
  const max = Math.min(Number(maxLength ?? 40), 40);
  const min = Math.min(Number(minLength ?? 0), max);
  const plain = fc.oneof(fc.string({ unit: "grapheme", minLength: min, maxLength: max }), fc.string({ minLength: min, maxLength: max }));
  const fits = typeof pattern === "string" ? (matching(pattern) ?? plain) : plain;
  const shown = typeof example === "string" ? example : Array.isArray(examples) ? String(examples[0]) : undefined;
  return fc.oneof(
    { weight: 6, arbitrary: fits },
    { weight: 2, arbitrary: shown === undefined ? fits : fc.constant(shown) },
    {
      weight: 2,
      arbitrary: fc.constantFrom("ann@example.com", "+819012345678", "https://example.com/a", "smtp.example.com", "VN", "JPY", "1.50"),
    },
    { weight: 1, arbitrary: fc.constantFrom(...NASTY, "x".repeat(Number(maxLength ?? 300) + 1)) },
  );
}

/** Some patterns look ahead, which cannot be made text of. */
function matching(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern, "u"));
  } catch {
    return undefined;
  }
}

function numberOf({ type, minimum, maximum }: JsonSchema): Any {
  const [min, max] = [Math.max(Number(minimum ?? -1000), -1e9), Math.min(Number(maximum ?? 100_000), 1e9)];
  const fits = type === "integer" ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
  return fc.oneof({ weight: 6, arbitrary: fits }, { weight: 1, arbitrary: fc.constantFrom(min - 1, max + 1, 0.5, -0, 1e21) });
}

function objectOf(schema: JsonSchema, ids: KnownIds, depth: number): Any {
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  const required = (schema["required"] ?? []) as string[];
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, arbitraryOf(each, ids, name, depth + 1)])),
    { requiredKeys: required },
  );
  const open = schema["additionalProperties"];
  if (typeof open !== "object" || open === null || depth > 4) {
    return named;
  }
  const { propertyNames } = schema as { propertyNames?: JsonSchema };
  const names = textOf({ ...propertyNames, maxLength: 20 });
  return fc
    .tuple(named, fc.dictionary(names, arbitraryOf(open as JsonSchema, ids, "", depth + 1), { maxKeys: 4 }))
    .map(([own, others]) => ({ ...others, ...own }));
}

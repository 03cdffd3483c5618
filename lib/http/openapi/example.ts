import type { JsonSchema } from "@/lib/http/openapi/schema";

const FORMATS: Record<string, string> = {
  uuid: "3c90c3cc-0d44-4b50-8888-8dd25736052a",
  "date-time": "2026-03-21T00:00:00Z",
  date: "2026-03-21",
};
const DEPTH_MAX = 6;

/** A value that a schema would take, as far as a schema can tell: required members, and the first of what there is to choose. */
export function exampleOf(schema: JsonSchema, name = "", depth = 0): unknown {
  const { example, const: only, enum: choices, anyOf, oneOf, type, format, properties, required } = schema as Shape;
  const first = anyOf?.[0] ?? oneOf?.[0];
  switch (true) {
    case example !== undefined:
      return example;
    case only !== undefined:
      return only;
    case choices !== undefined:
      return choices[0];
    case first !== undefined:
      return exampleOf(first, name, depth);
  }
  switch (Array.isArray(type) ? type[0] : type) {
    case "object": {
      const members = Object.entries(properties ?? {}).filter(([each]) => required?.includes(each));
      return depth > DEPTH_MAX ? {} : Object.fromEntries(members.map(([each, of]) => [each, exampleOf(of, each, depth + 1)]));
    }
    case "array":
      return [];
    case "integer":
    case "number":
      return Number(schema["default"] ?? schema["minimum"] ?? 1);
    case "boolean":
      return schema["default"] ?? true;
    case "string":
      return FORMATS[format ?? ""] ?? USUAL[name] ?? `<${name || "text"}>`;
    default:
      return null;
  }
}

interface Shape {
  example?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  type?: string | string[];
  format?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

const USUAL: Record<string, string> = {
  email: "ann@example.com",
  phone_number: "+819012345678",
  label: "Work",
  name: "Main",
  code: "012345",
  domain: "example.com",
  number: "+815012345678",
};

import { expect, test } from "vitest";
import { typeOf } from "@/components/apis/schema-type";

test.each([
  [{ type: "string" }, "string"],
  [{ type: "string", format: "uuid" }, "string (uuid)"],
  [{ type: "integer", minimum: 1, maximum: 100, default: 25 }, "integer (1 to 100, default 25)"],
  [{ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, "integer"],
  [{ type: "integer", minimum: -Number.MAX_SAFE_INTEGER, maximum: 9 }, "integer"],
  [{ type: "string", enum: ["asc", "desc"] }, '"asc" | "desc"'],
  [{ const: "email" }, '"email"'],
  [{ anyOf: [{ type: "string" }, { type: "null" }] }, "string | null"],
  [{ type: ["string", "null"] }, "string | null"],
  [{ type: "array", items: { $ref: "#/components/schemas/Sender" } }, "Sender[]"],
  [{}, "any"],
])("%j is told as %s", (schema, told) => {
  expect(typeOf(schema)).toBe(told);
});

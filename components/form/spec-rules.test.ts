import { expect, test } from "vitest";
import type { FormFieldSpec } from "@/lib/channels/form-spec";
import { rulesFor } from "./spec-rules";

const checks = {
  required: "required",
  choose: "choose",
  tick: "tick",
  email: "email",
  pattern: "pattern",
  minLength: "at least {min}",
  maxLength: "at most {max}",
  number: "number",
  min: "{min} or more",
  max: "{max} or less",
  other: "other",
};

function field(rest: Partial<FormFieldSpec>): FormFieldSpec {
  return { name: "field", label: "Field", control: "text", required: false, ...rest };
}

test("a required field says what it wants", () => {
  expect(rulesFor(field({ required: true }), checks).required).toBe("required");
  expect(rulesFor(field({ required: true, control: "select" }), checks).required).toBe("choose");
  expect(rulesFor(field({ required: true, control: "checkbox" }), checks).required).toBe("tick");
  expect(rulesFor(field({}), checks)).toEqual({});
});

test("R45: a secret that is stored may be left empty", () => {
  expect(rulesFor(field({ required: true, control: "password", secret: true, stored: true }), checks)).toEqual({});
});

test("limits carry their number in their words", () => {
  const rules = rulesFor(field({ minLength: 2, maxLength: 100, min: 1, max: 65_535 }), checks);
  expect(rules).toMatchObject({
    minLength: { value: 2, message: "at least 2" },
    maxLength: { value: 100, message: "at most 100" },
    min: { value: 1, message: "1 or more" },
    max: { value: 65_535, message: "65535 or less" },
  });
});

test("a pattern holds for the whole value, as the attribute does", () => {
  const { pattern } = rulesFor(field({ pattern: "a|b" }), checks) as { pattern: { value: RegExp } };
  expect(["a", "b", "ab", "ca"].map((value) => pattern.value.test(value))).toEqual([true, true, false, false]);
});

test("the email hint refuses only what can be no address", () => {
  const { pattern } = rulesFor(field({ control: "email" }), checks) as { pattern: { value: RegExp } };
  expect(["a@b", "用户@例え.jp"].every((value) => pattern.value.test(value))).toBe(true);
  expect(["a", "a b@c", "@b", "a@"].some((value) => pattern.value.test(value))).toBe(false);
});

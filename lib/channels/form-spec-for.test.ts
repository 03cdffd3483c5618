import { expect, test } from "vitest";
import { z } from "zod";
import { field } from "@/lib/channels/define";
import { configFromForm, formSpecFor } from "@/lib/channels/form-spec-for";
import { SECRET_MASK } from "@/lib/channels/secret-mask";

const type = {
  id: "kiosk",
  config: z.strictObject({
    name: field(z.string().min(1), { control: "text", words: "name", maxLength: 20 }),
    mode: field(z.enum(["slow", "fast"]).default("slow"), { control: "select", words: "mode" }),
    limit: field(z.number().int().min(1).max(9).default(3), { control: "number", words: "limit" }),
    notes: field(z.string().optional(), { control: "textarea", words: "notes" }),
    quiet: field(z.boolean().default(false), { control: "checkbox", words: "quiet" }),
    key: field(z.string().optional(), {
      control: "password",
      words: "key",
      secret: true,
      required: true,
      showWhen: { field: "mode", equals: ["fast"] },
    }),
    pause: field(z.number().optional(), { control: "number", words: "pause", showWhen: { field: "quiet", equals: true } }),
  }),
};

const posted = (values: Record<string, string>) => (name: string) => values[name] ?? "";

test("choices, ranges and defaults come from the schema", () => {
  const spec = formSpecFor(type, (key) => `<${key}>`);
  expect(spec.fields).toEqual([
    { name: "name", label: "<field.name.label>", control: "text", required: true, maxLength: 20 },
    {
      name: "mode",
      label: "<field.mode.label>",
      control: "select",
      required: false,
      defaultValue: "slow",
      options: [
        { value: "slow", label: "<field.mode.option.slow>" },
        { value: "fast", label: "<field.mode.option.fast>" },
      ],
    },
    { name: "limit", label: "<field.limit.label>", control: "number", required: false, min: 1, max: 9, defaultValue: 3 },
    { name: "notes", label: "<field.notes.label>", control: "textarea", required: false },
    { name: "quiet", label: "<field.quiet.label>", control: "checkbox", required: false, defaultValue: false },
    {
      name: "key",
      label: "<field.key.label>",
      control: "password",
      required: true,
      secret: true,
      showWhen: { field: "mode", equals: ["fast"] },
    },
    { name: "pause", label: "<field.pause.label>", control: "number", required: false, showWhen: { field: "quiet", equals: true } },
  ]);
});

test("what is left empty or is not asked for is left out; what must be given is there to be refused", () => {
  expect(configFromForm(type, posted({ mode: "slow", key: "typed before", pause: "5" }))).toEqual({ name: "", mode: "slow", quiet: false });
  expect(configFromForm(type, posted({ name: "a", mode: "fast", key: "k", quiet: "on", pause: "5", limit: "x" }))).toEqual({
    name: "a",
    mode: "fast",
    key: "k",
    quiet: true,
    pause: 5,
    limit: Number.NaN,
  });
});

test("R44: an empty field of a stored secret means unchanged, but only while it is asked for", () => {
  expect(configFromForm(type, posted({ name: "a", mode: "fast" }), ["key"])).toMatchObject({ key: SECRET_MASK });
  expect(configFromForm(type, posted({ name: "a", mode: "fast", key: "new" }), ["key"])).toMatchObject({ key: "new" });
  expect(configFromForm(type, posted({ name: "a", mode: "slow" }), ["key"])).not.toHaveProperty("key");
  expect(configFromForm(type, posted({ name: "a", mode: "fast" }))).not.toHaveProperty("key");
});

import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { DiagnosisEvent } from "@/lib/channels/diagnosis";
import { configFromForm, formSpecFor, secretsOf } from "@/lib/channels/form-spec-for";
import type { CheckOptions, ProviderType, Reach, SenderMail, SenderText } from "@/lib/channels/providers/define";
import { PROVIDER_TYPES, providerType } from "@/lib/channels/providers/registry";
import { SECRET_MASK } from "@/lib/channels/secret-mask";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { DELIVERY_REASONS } from "@/lib/delivery/result";
import { LOCALES } from "@/lib/i18n/locales";
import { translatorFor } from "@/lib/i18n/translator";

type Config = Record<string, string | number | boolean>;

/** Of each provider: a whole configuration, whose secrets all contain "hush", and what is refused at which field. A new provider adds its own. */
const SAMPLES: Record<string, { good: (port: number) => Config; bad: Array<[field: string, changes: Record<string, unknown>]> }> = {
  smtp: {
    good: (port) => ({ host: "127.0.0.1", port, security: "starttls", auth: "password", username: "ann", password: "hush hush" }),
    bad: [
      ["host", { host: "" }],
      ["port", { port: 0 }],
      ["port", { port: "587" }],
      ["security", { security: "maybe" }],
      ["password", { password: undefined }],
      ["connectionTimeoutMs", { connectionTimeoutMs: 999 }],
      ["readTimeoutMs", { readTimeoutMs: 120_001 }],
      ["ca", { ca: "no certificate" }],
    ],
  },
  twilio: {
    good: (port) => ({ accountSid: `AC${"0a".repeat(16)}`, authToken: "hushhush", baseUrl: `http://127.0.0.1:${port}` }),
    bad: [
      ["accountSid", { accountSid: "SK00000000000000000000000000000000" }],
      ["accountSid", { accountSid: `AC${"0a".repeat(16)}/../x` }],
      ["authToken", { authToken: "" }],
      ["baseUrl", { baseUrl: "ftp://api.example" }],
      ["baseUrl", { baseUrl: "https://user:hush@api.example" }],
      ["baseUrl", { baseUrl: "https://api.example/?to=x" }],
    ],
  },
  vonage: {
    good: (port) => ({
      apiKey: "abcd1234",
      apiSecret: "hush-secret",
      signatureMethod: "sha512",
      signatureSecret: "hush-signature",
      baseUrl: `http://127.0.0.1:${port}`,
    }),
    bad: [
      ["apiKey", { apiKey: "a b" }],
      ["apiSecret", { apiSecret: undefined }],
      ["signatureMethod", { signatureMethod: "md5hash" }],
      ["signatureSecret", { signatureSecret: "x".repeat(129) }],
      ["baseUrl", { baseUrl: "//api.example" }],
    ],
  },
  http_text: {
    good: (port) => ({
      url: `http://127.0.0.1:${port}/send`,
      request: "post_json",
      body: '{"to":"{to}","text":"{text}"}',
      auth: "header",
      headerName: "X-Key",
      headerValue: "hush-key",
      successStatus: "200-299",
      successCheck: "json",
      successPath: "messages.0.status",
      successValue: "0",
    }),
    bad: [
      ["url", { url: "https://{to}.example/send" }],
      ["url", { url: "https://gateway.example/{secret}" }],
      ["body", { body: undefined }],
      ["body", { body: '{"to": {to}, "text": "{text}"}' }],
      ["body", { body: '{"to":"{to}","text":"{text}","x":"{password}"}' }],
      ["body", { body: '{"text":"{text}"}' }],
      ["body", { request: "post_form", body: "{to}={text}" }],
      ["headers", { headers: "Host: inside.example" }],
      ["headers", { headers: "Authorization: Basic hush" }],
      ["headers", { headers: "X: a\u0000b" }],
      ["headerName", { headerName: "Content-Length" }],
      ["headerValue", { headerValue: "a\r\nX: y" }],
      ["successStatus", { successStatus: "600" }],
      ["successPath", { successPath: undefined }],
      ["checkUrl", { checkUrl: "https://elsewhere.example/" }],
    ],
  },
  catcher_mail: { good: () => ({}), bad: [] },
  catcher_text: { good: () => ({}), bad: [] },
};

/** Where nothing listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function reachTo(port: number): Reach {
  const catcher = { smtpUrl: `smtp://127.0.0.1:${port}`, smsUrl: `http://127.0.0.1:${port}/texts` };
  return { allowCidrs: ["127.0.0.0/8"], allowPorts: [port], allowPlaintext: false, catcher };
}

async function climb(type: ProviderType, config: object, options: CheckOptions): Promise<DiagnosisEvent[]> {
  const events: DiagnosisEvent[] = [];
  for await (const event of type.check(config as never, options)) events.push(event);
  return events;
}

/** At most one of each, the result once and last, and every step that has begun is done. */
function expectWhole(events: DiagnosisEvent[], id: string): void {
  expect(events.filter(({ type }) => type === "result")).toHaveLength(1);
  const last = events.at(-1);
  const steps = events.flatMap((event) => (event.type === "step" ? [event.step] : []));
  expect(last?.type === "result" && last.result.steps).toEqual(steps);
  expect(new Set(steps.map((step) => step.id)).size, id).toBe(steps.length);
  for (const event of events) if (event.type === "start") expect(steps.map((step) => step.id)).toContain(event.id);
  expect(JSON.parse(JSON.stringify(events))).toEqual(events);
}

test("every file of a provider is in the registry, under a name of its own", async () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".ts") && !name.includes(".test."));
  const found = new Set<unknown>();
  for (const name of files) {
    for (const value of Object.values((await import(join(import.meta.dirname, name))) as object)) {
      if (typeof value === "object" && value !== null && "check" in value && "open" in value) found.add(value);
    }
  }
  expect(found).toEqual(new Set(PROVIDER_TYPES));
  expect(new Set(PROVIDER_TYPES.map(({ id }) => id)).size).toBe(PROVIDER_TYPES.length);
  expect(Object.keys(SAMPLES).sort()).toEqual(PROVIDER_TYPES.map(({ id }) => id).sort());
});

describe.each(PROVIDER_TYPES.map((type) => [type.id, type] as const))("%s", (id, type) => {
  const { good, bad } = SAMPLES[id] ?? { good: (): Config => ({}), bad: [] };
  const sample: Config = good(2525);
  const parse = (config: Record<string, unknown>) => type.config.parse(config) as never;

  test("its id can stand in an address and in a message's key", () => {
    expect(id).toMatch(/^[a-z][a-z0-9_]{0,31}$/);
    expect(providerType(id)).toBe(type);
    expect(type.configVersion).toBeGreaterThanOrEqual(1);
  });

  test.each(LOCALES)("its form is plain data with words of its own: %s", async (locale) => {
    const t = await translatorFor(locale, "providerTypes");
    const asked: string[] = [`${id}.name`, `${id}.hint`];
    const spec = formSpecFor(type, (key) => {
      asked.push(key);
      return t(key);
    });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(spec.fields.map(({ name }) => name)).toEqual(Object.keys(type.config.shape));
    for (const word of asked) {
      // what is missing comes back as its key
      expect(t(word), word).not.toContain(word);
      expect(t(word).trim(), word).not.toBe("");
    }
  });

  test("its form draws each field by what its schema takes", () => {
    for (const field of formSpecFor(type, (key) => key).fields) {
      if (field.control === "select") expect(field.options?.length, field.name).toBeGreaterThan(1);
      if (field.control === "number") expect(field.max, field.name).toBeGreaterThan(field.min ?? 0);
      if (field.showWhen) expect(Object.keys(type.config.shape)).toContain(field.showWhen.field);
      expect(field.secret === true, field.name).toBe(field.control === "password");
    }
  });

  test("its form gives back what was typed, and nothing that it does not ask for", () => {
    const typed = configFromForm(type, (name) => String(sample[name] ?? ""));
    expect(type.config.parse(typed)).toEqual(type.config.parse(sample));
  });

  test("an empty field is one that was left out", () => {
    const empty = formSpecFor(type, (key) => key).fields.filter(({ name, control }) => {
      return !(name in sample) && ["text", "textarea", "password"].includes(control);
    });
    const typed = { ...Object.fromEntries(empty.map(({ name }) => [name, ""])), ...sample };
    expect(type.config.parse(typed)).toEqual(type.config.parse(sample));
  });

  test("R45: a stored secret is not in its form, and an empty field means unchanged", () => {
    const secrets = secretsOf(type);
    const spec = formSpecFor(type, (key) => key, secrets);
    for (const field of spec.fields) expect(field.stored === true, field.name).toBe(secrets.includes(field.name));
    const typed = configFromForm(type, (name) => (secrets.includes(name) ? "" : String(sample[name] ?? "")), secrets);
    for (const name of secrets) if (sample[name] !== undefined) expect(typed[name]).toBe(SECRET_MASK);
    for (const name of secrets) expect([undefined, SECRET_MASK]).toContain(typed[name]);
  });

  test("R42: unknown keys are refused", () => {
    const result = type.config.safeParse({ ...sample, colour: "red" });
    expect(result.error?.issues.map(({ code }) => code)).toEqual(["unrecognized_keys"]);
  });

  test.runIf(bad.length > 0).each(bad)("what does not fit %s is refused there, and no secret is said again", (field, changes) => {
    const refused = attempt(() => parseInput(type.config, { ...sample, ...changes }));
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).fields?.map(({ path }) => path)).toContain(field);
    expect(JSON.stringify([refused, (refused as AppError).fields, String(refused)])).not.toContain("hush");
  });

  test("R44: where a secret goes is a field of its own, and no secret itself", () => {
    const secrets = secretsOf(type);
    for (const name of type.bound) expect(Object.keys(type.config.shape)).toContain(name);
    for (const name of secrets) expect(type.bound).not.toContain(name);
    if (secrets.length > 0) expect(type.bound).not.toHaveLength(0);
  });

  test("R45: what lists say of it contains no secret, which is a text each", () => {
    const config = type.config.parse(sample);
    expect(type.describe(config as never)).not.toContain("hush");
    for (const name of secretsOf(type)) expect(["string", "undefined"]).toContain(typeof config[name]);
  });

  test("R48: its test ends with one result where nothing listens, and says no secret", async () => {
    const port = await deadPort();
    const ends = type.channel === "sms" ? { from: "+14155550100", to: "+14155550101" } : { from: "a@example.com", to: "b@example.com" };
    const events = await climb(type, parse(good(port)), { reach: reachTo(port), ...ends, send: true });
    expectWhole(events, id);
    expect(events.at(-1)).toMatchObject({ type: "result", result: { verdict: "failed" } });
    expect(JSON.stringify(events)).not.toContain("hush");
  });

  test("R48: its test ends with one result when it is called off", async () => {
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(5)]) {
      const events = await climb(type, parse(good(2525)), { reach: reachTo(2525), signal });
      expectWhole(events, id);
      expect(events.at(-1)).not.toMatchObject({ result: { verdict: "ok" } });
    }
  });

  test("R46: an address inside is refused unless it was opened", async () => {
    const reach: Reach = { allowCidrs: [], allowPorts: [], allowPlaintext: false };
    const events = await climb(type, parse(good(2525)), { reach });
    expectWhole(events, id);
    expect(events.at(-1)).toMatchObject({ result: { verdict: "failed", problem: "refused_by_policy" } });
  });

  test("R70: sending never throws, and where nothing listens it surely did not go out", async () => {
    const port = await deadPort();
    const outlet = type.open(parse(good(port)), reachTo(port));
    const result = type.channel === "email" ? await outlet.sendMail?.(MAIL) : await outlet.sendText?.(TEXT);
    outlet.close();
    expect(result).toMatchObject({ outcome: "temporary" });
    expect(DELIVERY_REASONS).toContain(result?.outcome === "temporary" && result.reason);
    expect(JSON.stringify(result)).not.toContain("hush");
  });
});

const TEXT: SenderText = { from: "+14155550100", to: "+14155550101", text: "hello", reference: "r-1" };
const MAIL: SenderMail = {
  from: { name: "Lakeside", address: "a@example.com" },
  to: "b@example.com",
  subject: "hello",
  html: "<p>hello</p>",
  text: "hello",
  messageId: "r-1@example.com",
  language: "en",
};

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

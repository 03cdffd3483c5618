import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ContactPointType, DeliveryIo, Outgoing } from "@/lib/channels/define";
import { configFromForm, formSpecFor } from "@/lib/channels/form-spec-for";
import { CONTACT_POINT_TYPES, contactPointType } from "@/lib/channels/registry";
import { limitsSchema } from "@/lib/core/limits";
import type { Payload } from "@/lib/delivery/payload";
import type { DeliveryResult } from "@/lib/delivery/result";
import { LOCALES } from "@/lib/i18n/locales";
import { translatorFor } from "@/lib/i18n/translator";

const OWNER = { subscriberId: "0b5ff5a1-7a43-4f0c-9a53-64ad6f0b2d11" };

/** What somebody may give of each type, and what a form or a program gives that is no address. A new type adds its own. */
const SAMPLES: Record<string, { good: Array<Record<string, unknown>>; bad: Array<Record<string, unknown>> }> = {
  email: {
    good: [{ email: "Maria.Lopez+alerts@Example.COM" }, { email: "鈴木@例え.jp" }, { email: "x@example.org" }],
    bad: [{ email: "" }, { email: "nobody" }, { email: "a@b@c.example" }, { email: "a@example.com\nBcc: b@example.com" }, { email: 1 }, {}],
  },
  sms: {
    good: [
      { phone_number: "+819012345678" },
      { phone_number: { number: "090-1234-5678", country: "JP" } },
      { phone_number: { number: "0912 345 678", country: "VN" } },
    ],
    bad: [
      { phone_number: "" },
      { phone_number: "12" },
      { phone_number: { number: "0123", country: "JP" } },
      { phone_number: 819012345678 },
      {},
    ],
  },
  in_app: { good: [{}], bad: [] },
};

const limits = limitsSchema.parse({});

function parsed(type: ContactPointType, config: Record<string, unknown>) {
  const result = type.config.parse(config);
  return { config: result, address: type.address(result, OWNER) };
}

test("every file of a type is in the registry, under a name of its own", async () => {
  const files = readdirSync(join(import.meta.dirname, "contact-points")).filter((name) => !name.includes(".test."));
  const found: unknown[] = [];
  for (const name of files) found.push(...Object.values((await import(`./contact-points/${name.slice(0, -3)}.ts`)) as object));
  expect(new Set(found)).toEqual(new Set(CONTACT_POINT_TYPES));
  expect(new Set(CONTACT_POINT_TYPES.map(({ id }) => id)).size).toBe(files.length);
  expect(Object.keys(SAMPLES).sort()).toEqual(CONTACT_POINT_TYPES.map(({ id }) => id).sort());
});

describe.each(CONTACT_POINT_TYPES.map((type) => [type.id, type] as const))("%s", (id, type) => {
  const { good, bad } = SAMPLES[id] ?? { good: [], bad: [] };
  const samples = good.map((config) => parsed(type, config));

  test("its id can stand in an address and in a message's key", () => {
    expect(id).toMatch(/^[a-z][a-z0-9_]{0,31}$/);
    expect(contactPointType(id)).toBe(type);
    expect(type.configVersion).toBeGreaterThanOrEqual(1);
  });

  test.each(LOCALES)("its form is plain data with words of its own: %s", async (locale) => {
    const t = await translatorFor(locale, "contactPointTypes");
    const asked: string[] = [];
    const spec = formSpecFor(type, (key) => {
      asked.push(key);
      return t(key);
    });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    expect(spec.fields.map(({ name }) => name)).toEqual(Object.keys(type.config.shape));
    for (const word of [...asked, `${id}.name`, `${id}.hint`, `${id}.add`, `${id}.addHint`, `${id}.submit`]) {
      // what is missing comes back as its key
      expect(t(word), word).not.toContain(word);
      expect(t(word).trim(), word).not.toBe("");
    }
  });

  test("R42: unknown keys are refused", () => {
    for (const config of good) {
      const result = type.config.safeParse({ ...config, colour: "red" });
      expect(result.error?.issues.map(({ code }) => code)).toEqual(["unrecognized_keys"]);
    }
  });

  test("what is no address is refused, with a reason", () => {
    for (const config of bad) expect(type.config.safeParse(config).success, JSON.stringify(config)).toBe(false);
  });

  test("its canonical address is one value, and stays the same when it is given again", () => {
    for (const { config, address } of samples) {
      expect(address).not.toBe("");
      expect(type.address(type.config.parse(config), OWNER)).toBe(address);
      expect(type.countingKey(type.countingKey(address))).toBe(type.countingKey(address));
    }
  });

  test("its form starts from what it has, and gives the same back", () => {
    for (const { config, address } of samples) {
      const values = type.toForm(config);
      for (const value of Object.values(values)) expect(typeof value).toBe("string");
      const again = configFromForm(type, (name) => values[name] ?? "");
      expect(parsed(type, again).address).toBe(address);
    }
  });

  test("R67: masked it is not the address, and says no more than a hint of it", () => {
    for (const { address } of samples) {
      const mask = type.mask(address);
      expect(mask).not.toContain(address);
      expect(mask).not.toContain(type.display(address) || address);
      const local = address.split("@")[0] ?? address;
      if (local.length > 2) expect(mask).not.toContain(local);
      if (mask !== "") expect(mask).toContain("*");
    }
  });

  test("R67: nothing that is not an address breaks display or mask, and a mask never gives it back", () => {
    for (const broken of ["", "x", "@", "+", "secret value", "a@b@c", "\u0000"]) {
      expect(typeof type.display(broken)).toBe("string");
      if (broken.length > 1) expect(type.mask(broken)).not.toContain(broken);
    }
  });

  test("R2: how it is proved is known, and a proof lives no longer than its kind may", () => {
    const { kind, ttlSec } = type.verification;
    expect(["link_and_code", "code", "confirm"]).toContain(kind);
    expect(ttlSec(limits)).toBeGreaterThanOrEqual(60);
    expect(ttlSec(limits)).toBeLessThanOrEqual(kind === "code" ? 600 : 24 * 3600);
  });

  test("what the other side said is what a delivery gives back, for every kind of message", async () => {
    for (const { address } of samples) {
      for (const payload of payloadsTo(address)) {
        for (const said of RESULTS) {
          const { io, out } = outlets(said);
          const result = await type.deliver(io, outgoing(payload));
          expect(out.length, payload.kind).toBeLessThanOrEqual(1);
          if (payload.kind === "verification") expect(out).toHaveLength(1);
          expect(result, payload.kind).toEqual(out[0] === undefined ? NOT_FOR_IT : out[0] === "inbox" ? { outcome: "sent" } : said);
        }
      }
    }
  });
});

const RESULTS: DeliveryResult[] = [
  { outcome: "sent" },
  { outcome: "temporary", reason: "temporary" },
  { outcome: "refused", reason: "recipient_rejected" },
];

const NOT_FOR_IT: DeliveryResult = { outcome: "refused", reason: "rejected" };

function outlets(said: DeliveryResult): { io: DeliveryIo; out: string[] } {
  const out: string[] = [];
  const send = (way: string) => async () => {
    out.push(way);
    return said;
  };
  return { out, io: { sendMail: send("mail"), sendText: send("text"), writeInbox: () => void out.push("inbox") } };
}

function outgoing(payload: Payload): Outgoing {
  const ids = { institutionId: "i", messageId: "m", subscriberId: null, contactPointId: null, verificationId: null };
  return { ...ids, locale: "vi", reference: "m@reachable.example", payload };
}

function payloadsTo(to: string): Payload[] {
  const common = { to, institutionName: "Lakeside" };
  const at = "2026-01-01T00:00:00.000Z";
  const life = { expiresAt: at, validMinutes: 10 };
  const link = "http://localhost:3000/verify/x";
  return [
    { ...common, kind: "verification", code: "012345", link, ...life },
    { ...common, kind: "test", label: "Desk", at },
    { ...common, kind: "notice", event: "added", contactPointType: "sms", maskedAddress: "+81******78", at },
    { ...common, kind: "invitation", inviterName: "Ann", role: "member", link, ...life },
    { ...common, kind: "password_reset", link, ...life },
  ];
}

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import { ErrorAnswer } from "@/lib/dialects/slaunchx/schemas";
import { env } from "@/lib/env";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { REFUSED_BODIES } from "@/tests/support/refused-bodies";
import { callSlaunchx, type Envelope, type SlaunchxClient, sample, slaunchxClient } from "@/tests/support/slaunchx";
import { type FakeTurnstile, startTurnstile } from "@/tests/support/vendors/turnstile";

const CREATE = "channels/command/create";
const COMMANDS = ["create", "update", "activate", "deactivate", "delete"].map((name) => `channels/command/${name}`);
const ALL = [...COMMANDS, "channels/query", "types/query"];

let institutionId: string;
let admin: Awaited<ReturnType<typeof makeMember>>;
let client: SlaunchxClient;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  env().limits.sendersPerInstitution = 20;
  env().reach.allowPlaintext = false;
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  client = await slaunchxClient(admin);
});

const count = async () =>
  (await asAdmin<{ n: number }>("SELECT count(*)::int AS n FROM sender WHERE institution_id = $1", [institutionId]))[0]?.n;

describe("with Turnstile", () => {
  let turnstile: FakeTurnstile;

  beforeEach(async () => {
    turnstile = await startTurnstile();
    env().turnstile = turnstile.settings;
  });
  afterEach(async () => {
    env().turnstile = null;
    await turnstile.api.stop();
  });

  test("R56: a channel is made with a token that was solved for it, and with no other: 4030", async () => {
    const body = sample(client.institutionBizId);
    const withToken = (token: string) => ({ headers: { "x-turnstile-token": token } });
    for (const token of ["", "0.made-up", turnstile.solve("sign_in"), turnstile.solve("add", "elsewhere.example"), "x".repeat(2049)]) {
      expect(await client.failed(CREATE, body, withToken(token)), token).toMatchObject({ status: 403, code: "4030" });
    }
    expect(await count()).toBe(0);
    const token = turnstile.solve("add");
    await client.done(CREATE, body, withToken(token));
    expect(await client.failed(CREATE, body, withToken(token))).toMatchObject({ status: 403, code: "4030" });
    expect(await count()).toBe(1);
  });

  test("R56: what was refused for want of a token can be sent again under its Idempotency-Key; a replay needs none", async () => {
    const body = sample(client.institutionBizId);
    const headers = { "idempotency-key": "k-9" };
    expect(await client.failed(CREATE, body, { headers })).toMatchObject({ code: "4030" });
    const made = await client.done(CREATE, body, { headers: { ...headers, "x-turnstile-token": turnstile.solve("add") } });
    expect(await client.done(CREATE, body, { headers })).toEqual(made);
  });

  test("R56: reading, changing and switching off need none", async () => {
    const { bizId } = await client.done(CREATE, sample(client.institutionBizId), {
      headers: { "x-turnstile-token": turnstile.solve("add") },
    });
    await client.done("channels/query");
    await client.done("channels/command/update", { bizId, channelName: "Renamed" });
    await client.done("channels/command/deactivate", { bizId });
    await client.done("channels/command/delete", { bizId });
    expect(turnstile.api.calls).toHaveLength(1);
  });
});

describe("every route", () => {
  test.each(ALL)("%s wants a token of an owner or admin", async (what) => {
    const nobody = await callSlaunchx(what);
    expect(nobody.status).toBe(401);
    expect(ErrorAnswer.parse(await nobody.json())).toMatchObject({ code: "4010", data: null });
    expect(nobody.headers.get("www-authenticate")).toBe("Bearer");
    for (const authorization of ["Bearer", "Bearer x", "Basic YTpi", "Bearer a.b.c"]) {
      const refused = await callSlaunchx(what, { authorization });
      expect([refused.status, refused.headers.get("www-authenticate")], authorization).toEqual([401, 'Bearer error="invalid_token"']);
    }
    const { key } = await makeKey(institutionId);
    expect((await callSlaunchx(what, { authorization: `Bearer ${key}` })).status).toBe(401);
    const member = await slaunchxClient(await makeMember(institutionId));
    const body = { ...sample(client.institutionBizId), bizId: toBizId("channel", newId()) };
    expect(await member.failed(what, body)).toMatchObject({ status: 403, code: "4030" });
  });

  test.each(ALL)("%s takes POST alone, and says so", async (what) => {
    for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
      const response = await callSlaunchx(what, { method, authorization: client.authorization });
      expect([response.status, response.headers.get("allow")], method).toEqual([405, "POST, OPTIONS"]);
      expect(ErrorAnswer.parse(await response.json())).toMatchObject({ code: "4050" });
    }
  });

  test.each([...COMMANDS, "channels/query"])("%s reads no body that is not one", async (what) => {
    for (const [name, body, type, status] of REFUSED_BODIES) {
      const response = await client.send(what, body, { headers: { "content-type": type } });
      const wanted = status === 422 ? 400 : status;
      expect(response.status, name).toBe(wanted);
      expect(ErrorAnswer.parse(await response.json())).toMatchObject({ code: `${wanted}0` });
    }
  });

  test.each([...COMMANDS, "channels/query"])("%s says of a body that is no object that it is the body", async (what) => {
    for (const body of ["null", "[]", '"x"', "1"]) {
      expect(await client.failed(what, body)).toMatchObject({ status: 400, code: "4000", errors: ["body"] });
    }
  });

  test("unknown paths are 4040 in the same shape", async () => {
    for (const path of ["/web/v1/notification-channels", "/web/v1/notification-channels/command/destroy", "/web/v2", "/web/v1/x"]) {
      const route = await import("@/app/(dialects)/(slaunchx)/web/[...rest]/route");
      const response = await route.POST(new Request(`http://localhost:3000${path}`, { method: "POST" }), { params: Promise.resolve({}) });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: "4040", data: null });
    }
  });

  test("R33: too many requests are 4290 with Retry-After", async () => {
    env().limits.requestsPerCredential = { perMinute: 60, burst: 1 };
    const other = await slaunchxClient(admin);
    const answers = [await other.send("types/query"), await other.send("types/query"), await other.send("types/query")];
    const last = answers.at(-1);
    expect([last?.status, last?.headers.has("retry-after"), last?.headers.has("ratelimit-limit")]).toEqual([429, true, true]);
    expect(await last?.json()).toMatchObject({ code: "4290", data: null });
  });

  test.each([
    ["en", "Fill this in."],
    ["ja", "ja"],
    ["vi", "vi"],
    ["zh", "zh"],
    ["zh-Hant", "zh-Hant"],
  ])("says what is wrong in %s", async (locale) => {
    const { default: words } = (await import(`@/lib/i18n/messages/${locale}/errors.json`)) as {
      default: { title: { validation: string }; field: { required: string } };
    };
    const headers = { "accept-language": `xx, ${locale};q=0.9, en;q=0.1` };
    const response = await client.send(CREATE, sample(client.institutionBizId, { channelName: undefined }), { headers });
    expect(response.headers.get("content-language")).toBe(locale);
    expect(await response.json()).toEqual({
      code: "4000",
      message: words.title.validation,
      data: null,
      errors: [{ field: "channelName", message: words.field.required }],
    });
  });

  test("the types are one, named in the reader's language", async () => {
    const response = await client.send("types/query", {}, { headers: { "accept-language": "ja;q=0.9, en;q=0.2" } });
    expect(response.headers.get("content-language")).toBe("ja");
    const { data: types } = (await response.json()) as Envelope<unknown[]>;
    expect(types).toEqual([
      {
        bizId: expect.stringMatching(/^ct_/),
        typeCode: "EMAIL",
        typeName: "メール",
        typeDescription: expect.stringContaining("SMTP"),
        typeStatus: "ACTIVE",
        displayOrder: 1,
        iconUrl: null,
        extraConfig: null,
        createdAt: expect.stringMatching(/Z$/),
        updatedAt: expect.stringMatching(/Z$/),
      },
    ]);
  });

  test("a page of another origin may ask, with its own token", async () => {
    const route = await import("@/app/(dialects)/(slaunchx)/web/v1/notification-channels/query/route");
    const preflight = await route.OPTIONS(new Request("http://localhost:3000/", { method: "OPTIONS" }), { params: Promise.resolve({}) });
    expect(preflight.headers.get("access-control-allow-headers")).toContain("x-turnstile-token");
    expect((await client.send("channels/query")).headers.get("access-control-allow-origin")).toBe("*");
  });
});

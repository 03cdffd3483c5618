import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import { type ClosientChannel, type ClosientRequest, callClosient } from "@/tests/support/closient";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";
import { FORGED, REFUSED_BODIES } from "@/tests/support/refused-bodies";
import { furnish, type Institution, leaks, rowsOf, TRACES } from "@/tests/support/two-institutions";

let ours: Institution;
let theirs: Institution;
let key: string;

beforeAll(async () => {
  [ours, theirs] = [await furnish(), await furnish()];
});

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  ({ key } = await makeKey(ours.ids.institutionId, { userId: ours.ids.userId }));
});

const TEXT = { detail: expect.any(String) };
const list = (loc: string[], type: string) => ({ detail: [{ loc: ["body", ...loc], msg: expect.any(String), type }] });
const email = { channel_type: "email", label: "Work", config: { email: "fresh@example.com" } };

async function answer(method: string, request: ClosientRequest): Promise<[number, unknown]> {
  const response = await callClosient(method, { key, ...request });
  expect(response.headers.get("content-type")).toBe("application/json");
  return [response.status, await response.json()];
}

describe("what does not fit", () => {
  test.each<[string, unknown, number, string[], string]>([
    ["the page's own request, without its type", { label: "<string>", config: {} }, 422, ["channel_type"], "missing"],
    ["a type that is not known", { ...email, channel_type: "push" }, 400, ["channel_type"], "value_error"],
    ["a type in capitals", { ...email, channel_type: "EMAIL" }, 400, ["channel_type"], "value_error"],
    ["an empty type", { ...email, channel_type: "" }, 400, ["channel_type"], "value_error"],
    ["a number for a type", { ...email, channel_type: 5 }, 400, ["channel_type"], "value_error"],
    ["no type at all", { ...email, channel_type: null }, 422, ["channel_type"], "missing"],
    ["no label", { ...email, label: undefined }, 422, ["label"], "missing"],
    ["an empty label", { ...email, label: "" }, 422, ["label"], "missing"],
    ["a label of spaces", { ...email, label: "   " }, 422, ["label"], "missing"],
    ["a label of 101 characters", { ...email, label: "x".repeat(101) }, 422, ["label"], "string_too_long"],
    ["a label on two lines", { ...email, label: "a\nb" }, 422, ["label"], "control_character"],
    ["a label that turns the text around", { ...email, label: "a\u202eb" }, 422, ["label"], "bidi_control"],
    ["a number for a label", { ...email, label: 5 }, 422, ["label"], "value_error"],
    ["no address", { ...email, config: {} }, 422, ["config", "email"], "missing"],
    ["no config", { ...email, config: undefined }, 422, ["config", "email"], "missing"],
    ["a text for a config", { ...email, config: "ann@example.com" }, 422, ["config"], "value_error"],
    ["what is no address", { ...email, config: { email: "ann" } }, 422, ["config", "email"], "email_at_missing"],
    ["two addresses", { ...email, config: { email: "a@example.com,b@example.com" } }, 422, ["config", "email"], "email_at_repeated"],
    [
      "a header in an address",
      { ...email, config: { email: "a@example.com\r\nBcc: b@example.com" } },
      422,
      ["config", "email"],
      "email_control_character",
    ],
    ["a number for an address", { ...email, config: { email: 5 } }, 422, ["config", "email"], "value_error"],
    ["no number", { ...email, channel_type: "sms", config: {} }, 422, ["config", "phone_number"], "missing"],
    [
      "a number as one dials it at home",
      { ...email, channel_type: "sms", config: { phone_number: "09012345678" } },
      422,
      ["config", "phone_number"],
      "phone_country_missing",
    ],
    [
      "a number of a toll-free line",
      { ...email, channel_type: "sms", config: { phone_number: "+18005551234" } },
      422,
      ["config", "phone_number"],
      "phone_line_type",
    ],
    [
      "a number with its country beside it",
      { ...email, channel_type: "sms", config: { phone_number: { number: "09012345678", country: "JP" } } },
      422,
      ["config", "phone_number"],
      "value_error",
    ],
  ])("%s", async (_name, body, status, loc, type) => {
    const before = await rowsOf(ours, TRACES);
    expect(await answer("POST", { body })).toEqual([status, list(loc, type)]);
    expect(await rowsOf(ours, TRACES)).toBe(before);
  });

  test("everything that does not fit is said at once", async () => {
    const [status, body] = await answer("POST", { body: { channel_type: "fax", label: "" } });
    expect([status, (body as { detail: Array<{ loc: string[] }> }).detail.map(({ loc }) => loc)]).toEqual([
      400,
      [
        ["body", "channel_type"],
        ["body", "label"],
      ],
    ]);
  });

  test.each([
    [{ label: "" }, ["label"], "missing"],
    [{ label: "x".repeat(101) }, ["label"], "string_too_long"],
    [{ enabled: "true" }, ["enabled"], "value_error"],
    [{ enabled: 1 }, ["enabled"], "value_error"],
  ])("a change to %j", async (body, loc, type) => {
    const before = await rowsOf(ours, TRACES);
    expect(await answer("PATCH", { id: ours.ids.contactPointId, body })).toEqual([422, list(loc, type)]);
    expect(await rowsOf(ours, TRACES)).toBe(before);
  });

  test.each([[{}], [{ code: "" }], [{ code: null }]])("a confirmation with %j", async (body) => {
    expect(await answer("POST", { id: ours.ids.unprovenId, step: "confirm", body })).toEqual([422, list(["code"], "missing")]);
  });

  test.each(REFUSED_BODIES)("R42: %s is refused in the API's own shape", async (_name, body, type, status) => {
    const before = await rowsOf(ours, TRACES);
    const [found, said] = await answer("POST", { body, headers: { "content-type": type } });
    expect([found, said]).toEqual([status, status === 422 ? { detail: expect.any(Array) } : TEXT]);
    expect(await rowsOf(ours, TRACES)).toBe(before);
  });

  test("bad JSON is the API's validation error", async () => {
    expect(await answer("POST", { body: "{" })).toEqual([422, list([], "json_invalid")]);
  });

  test("a body of exactly 64 KiB is read", async () => {
    const body = `{"label":"${"x".repeat(65_536 - 12)}"}`;
    expect((await answer("PATCH", { id: ours.ids.contactPointId, body }))[0]).toBe(422);
  });

  test("R60: what only the server knows has no effect", async () => {
    const response = await callClosient("POST", { key, body: { ...email, label: "Forged", ...FORGED, enabled: false } });
    const channel = (await response.json()) as ClosientChannel;
    expect([response.status, channel]).toEqual([
      201,
      { id: expect.not.stringContaining(FORGED.id), channel_type: "email", label: "Forged", verified: false, enabled: true },
    ]);
    const [row] = await asAdmin("SELECT institution_id, subscriber_id, verified_at, enabled FROM contact_point WHERE id = $1", [
      channel.id,
    ]);
    expect(row).toEqual({
      institution_id: ours.ids.institutionId,
      subscriber_id: ours.people.owner.actor.subscriberId,
      verified_at: null,
      enabled: true,
    });
    expect(await answer("PATCH", { id: channel.id, body: FORGED })).toEqual([200, channel]);
  });
});

describe("who may", () => {
  test.each([
    ["no key", () => ({})],
    ["a word", () => ({ "x-api-key": "letmein" })],
    ["a key that was never made", () => ({ "x-api-key": `sk_${"a".repeat(49)}` })],
    ["a key in another header", () => ({ authorization: `Bearer ${key}` })],
  ])("%s is nobody's", async (_name, headers) => {
    const response = await callClosient("GET", { headers: headers() });
    expect([response.status, await response.json()]).toEqual([401, TEXT]);
  });

  test.each([
    ["a public key", { kind: "public" as const }, 401],
    ["one that is over", { expiresAt: new Date(Date.now() - 1000) }, 401],
    ["one that may only read mail domains", { scopes: ["domains:read"] }, 403],
  ])("%s", async (_name, options, status) => {
    const made = await makeKey(ours.ids.institutionId, { userId: ours.ids.userId, ...options });
    expect(await answer("GET", { key: made.key })).toEqual([status, TEXT]);
  });

  test("a key that may read does not write", async () => {
    const reader = await makeKey(ours.ids.institutionId, { userId: ours.ids.userId, scopes: ["contact_points:read"] });
    const before = await rowsOf(ours, TRACES);
    expect((await answer("GET", { key: reader.key }))[0]).toBe(200);
    for (const [method, request] of writes(ours.ids.unprovenId)) {
      expect((await answer(method, { key: reader.key, ...request }))[0], method).toBe(403);
    }
    expect(await rowsOf(ours, TRACES)).toBe(before);
  });

  test("an institution's own key is no person's", async () => {
    const { key: institutions } = await makeKey(ours.ids.institutionId);
    expect(await answer("GET", { key: institutions })).toEqual([403, TEXT]);
    expect(await answer("POST", { key: institutions, body: email })).toEqual([403, TEXT]);
  });

  test("R61: another person's channel is an unknown one, to an admin's key as well, and so is another institution's", async () => {
    const admins = await makeKey(ours.ids.institutionId, { userId: ours.people.admin.actor.userId });
    const before = [await rowsOf(theirs), await rowsOf(ours, TRACES)];
    for (const [whose, id] of [
      [admins.key, ours.ids.unprovenId],
      [key, theirs.ids.unprovenId],
    ] as const) {
      for (const [method, request] of [["GET", { id }] as const, ...writes(id)]) {
        if (!request.id) continue;
        const [unknown, foreign] = [
          await answer(method, { key: whose, ...request, id: newId() }),
          await answer(method, { key: whose, ...request }),
        ];
        expect([foreign[0], foreign], method).toEqual([404, unknown]);
        expect(leaks(theirs, JSON.stringify(foreign))).toEqual([]);
      }
    }
    const listed = JSON.stringify(await answer("GET", { key: admins.key }));
    expect(listed).not.toContain(ours.ids.unprovenId);
    expect([await rowsOf(theirs), await rowsOf(ours, TRACES)]).toEqual(before);
  });

  test.each(["abc", "1", "../other", "00000000-0000-0000-0000-000000000000", "' OR 1=1"])("%j is nobody's id", async (id) => {
    expect(await answer("GET", { id })).toEqual([404, TEXT]);
  });
});

describe("limits and states", () => {
  test("R34: the twenty-first channel is refused", async () => {
    const rest = env().limits.contactPointsPerSubscriber;
    env().limits.contactPointsPerSubscriber = 1;
    const found = await answer("POST", { body: email });
    env().limits.contactPointsPerSubscriber = rest;
    expect(found).toEqual([422, list([], "limit_exceeded")]);
  });

  test("an address twice, and two in-app channels, are a conflict", async () => {
    const body = { channel_type: "in_app", label: "Second inbox" };
    expect(await answer("POST", { body })).toEqual([409, TEXT]);
    const twice = { ...email, config: { email: "twice@example.com" } };
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await answer("POST", { body: twice }))[0]));
    expect(statuses.sort()).toEqual([201, 409, 409, 409]);
  });

  test("a proven channel and one that is locked are not proven again", async () => {
    expect(await answer("POST", { id: ours.ids.contactPointId, step: "verify" })).toEqual([409, TEXT]);
  });

  test("R33: over its pace a key is told when to come back", async () => {
    env().limits.requestsPerCredential = { perMinute: 60, burst: 1 };
    const { key: hasty } = await makeKey(ours.ids.institutionId, { userId: ours.ids.userId });
    await callClosient("GET", { key: hasty });
    const response = await callClosient("GET", { key: hasty });
    expect([response.status, await response.json(), response.headers.get("retry-after")]).toEqual([429, TEXT, "1"]);
    expect(response.headers.get("ratelimit-limit")).toBe("1");
  });

  test("says it in the reader's language", async () => {
    const response = await callClosient("GET", { key, id: newId(), headers: { "accept-language": "de;q=0.9, ja;q=0.8" } });
    expect(((await response.json()) as { detail: string }).detail).toMatch(/\p{Script=Hiragana}/u);
  });
});

describe("paths and methods", () => {
  test.each([
    ["PUT", {}, "GET, HEAD, POST, OPTIONS"],
    ["DELETE", {}, "GET, HEAD, POST, OPTIONS"],
    ["PUT", { id: newId() }, "GET, HEAD, PATCH, DELETE, OPTIONS"],
    ["GET", { id: newId(), step: "verify" as const }, "POST, OPTIONS"],
    ["PATCH", { id: newId(), step: "confirm" as const }, "POST, OPTIONS"],
  ])("R59: %s %j names what is there", async (method, request, allow) => {
    const response = await callClosient(method, { key, ...request });
    expect([response.status, await response.json(), response.headers.get("allow")]).toEqual([405, TEXT, allow]);
  });

  test.each(["GET", "POST", "OPTIONS"])("%s of a path that is not there", async (method) => {
    const response = await callProgram({
      file: "(dialects)/(closient)/notifications/[...rest]/route.ts",
      method,
      path: "/notifications/api/v1/notifications/unknown",
    });
    expect([response.status, await response.json()]).toEqual([404, TEXT]);
  });
});

function writes(id: string): Array<[string, ClosientRequest]> {
  return [
    ["POST", { body: email }],
    ["PATCH", { id, body: { enabled: false } }],
    ["DELETE", { id }],
    ["POST", { id, step: "verify" }],
    ["POST", { id, step: "confirm", body: { code: "123456" } }],
  ];
}

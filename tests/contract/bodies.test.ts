import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { ROUTE_LINES, takesBody } from "@/tests/contract/route-cases";
import { callRoute, problemOf } from "@/tests/support/route-calls";
import { furnish, type Institution, rowsOf } from "@/tests/support/two-institutions";

const FILE = "app/api/v1/contact-points/[contactPointId]/route.ts";
const HERE = { "sec-fetch-site": "same-origin" };

let given: Institution;
let before: string;

beforeAll(async () => {
  given = await furnish();
  before = await rowsOf(given);
});

const nested = (depth: number) => `${'{"label":'.repeat(depth)}1${"}".repeat(depth)}`;

describe("R42: what a body may be", () => {
  test.each<[string, string, number, string]>([
    ["64 KiB and a byte", `{"label":"${"x".repeat(65_536 - 11)}"}`, 413, "too_large"],
    ["64 KiB", `{"label":"${"x".repeat(65_536 - 12)}"}`, 422, "validation"],
    ["16 levels", nested(16), 422, "validation"],
    ["17 levels", nested(17), 400, "bad_request"],
    ["a key twice", '{"label":"a","label":"b"}', 400, "bad_request"],
    ["a key twice, escaped once", '{"label":"a","\\u006cabel":"b"}', 400, "bad_request"],
    ["__proto__", '{"label":"a","__proto__":{"enabled":false}}', 400, "bad_request"],
    ["a NUL", '{"label":"a\\u0000b"}', 400, "bad_request"],
    ["half a surrogate pair", '{"label":"a\\ud800b"}', 400, "bad_request"],
    ["an unknown key", '{"label":"a","colour":"red"}', 422, "validation"],
    ["a text for a truth value", '{"enabled":"false"}', 422, "validation"],
    ["a number for a truth value", '{"enabled":0}', 422, "validation"],
    ["a list", "[]", 422, "validation"],
    ["null", "null", 422, "validation"],
    ["nothing", "", 400, "bad_request"],
    ["a comment", '{"label":"a"/**/}', 400, "bad_request"],
  ])("R42: %s", async (_name, body, status, code) => {
    const response = await send(body);
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ code });
    expect(await rowsOf(given)).toBe(before);
  });

  test.each([
    ['{"label":"a","label":"b"}', "jsonTwice", "twice"],
    [nested(17), "jsonDepth", "16 levels"],
    ['{"__proto__":{}}', "jsonName", "__proto__"],
    ['{"label":"\\ud800"}', "jsonText", "half of a character"],
    ["{label:1}", "json", "not valid JSON"],
  ])("R42: %s is refused for what is wrong with it", async (body, reason, words) => {
    expect(await problemOf(await send(body))).toMatchObject({ code: "bad_request", reason, detail: expect.stringContaining(words) });
  });

  test.each([
    "text/plain",
    "application/vnd.api+json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "",
  ])("R42: Content-Type %j is not JSON", async (type) => {
    expect((await send('{"label":"a"}', { ...HERE, "content-type": type })).status).toBe(415);
    expect(await rowsOf(given)).toBe(before);
  });
});

const FORGED = {
  verified: true,
  verifiedAt: "2026-01-01T00:00:00.000Z",
  status: "verified",
  deliverable: true,
  institutionId: newId(),
  tenant: newId(),
  id: newId(),
  userId: newId(),
  createdAt: "2026-01-01T00:00:00.000Z",
  createdBy: newId(),
  address: "elsewhere@example.org",
  addressVersion: 9,
  constructor: {},
};

describe.each(ROUTE_LINES.filter(({ method }) => takesBody(method)))("$method $file", ({ file, method, params, body }) => {
  test("R60: what only the server knows is refused when it is sent, and changes nothing", async () => {
    const path = params?.(given.ids) ?? {};
    const enabled = method === "POST" ? { enabled: true } : {};
    for (const [name, value] of Object.entries({ ...FORGED, ...enabled, ...path })) {
      const sent = { ...(body?.(given.ids) as object), [name]: value };
      const response = await callRoute({ file, method, as: given.people.owner, params: path, body: sent });
      expect(response.status, name).toBe(422);
      expect((await problemOf(response)).errors, name).toContainEqual(expect.objectContaining({ pointer: `/${name}`, code: "unknown" }));
    }
    expect(await rowsOf(given)).toBe(before);
  });
});

test("R60: a new contact point is unverified, whoever adds it", async () => {
  const institution = await furnish();
  const body = { type: "email", label: "Desk", config: { email: "fresh@inside.example" } };
  const response = await callRoute({ file: "app/api/v1/contact-points/route.ts", method: "POST", as: institution.people.owner, body });
  expect(await response.json()).toMatchObject({ verified: false, verifiedAt: null, deliverable: false });
});

function send(body: string, headers: Record<string, string> = HERE): Promise<Response> {
  return callRoute({
    file: FILE,
    method: "PATCH",
    as: given.people.owner,
    params: { contactPointId: given.ids.contactPointId },
    body,
    headers,
  });
}

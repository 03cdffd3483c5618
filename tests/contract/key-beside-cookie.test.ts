import { beforeAll, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { makeKey } from "@/tests/support/programs";
import { callRoute, problemOf } from "@/tests/support/route-calls";
import type { Person } from "@/tests/support/two-institutions";

let owner: Person;
let key: string;

beforeAll(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  owner = await makeMember(await makeInstitution(), "owner");
  ({ key } = await makeKey(owner.actor.institutionId, { scopes: ["subscribers:write"] }));
});

const OURS = { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };
const ask = (method: string, headers: Record<string, string>) =>
  callRoute({
    file: "app/api/v1/subscribers/route.ts",
    method,
    as: owner,
    headers,
    ...(method === "POST" ? { body: { externalId: `x-${Math.round(performance.now() * 1000)}` } } : {}),
  });

describe.each(["GET", "POST"])("%s with a good cookie", (method) => {
  test.each([
    ["an unknown key", { "x-api-key": "sk_none" }],
    ["an empty key", { "x-api-key": "" }],
    ["an unknown bearer", { authorization: "Bearer sk_none" }],
    ["a token of another API", { authorization: "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA" }],
    ["an unknown key before a good bearer", { "x-api-key": "sk_none", authorization: "Bearer good" }],
  ] as Array<[string, Record<string, string>]>)("R57: and %s is refused: nobody falls back to the cookie", async (_, headers) => {
    const sent = { ...OURS, ...headers, ...(headers["authorization"] === "Bearer good" ? { authorization: `Bearer ${key}` } : {}) };
    expect((await ask(method, sent)).status).toBe(401);
  });

  test("R57: and a good key, the key alone counts: it is limited to its scopes", async () => {
    const { key: narrow } = await makeKey(owner.actor.institutionId, { scopes: ["domains:read"] });
    expect((await ask(method, { ...OURS, "x-api-key": narrow })).status).toBe(403);
    expect((await ask(method, { ...OURS, "x-api-key": key })).status).toBeLessThan(300);
  });
});

test.each([{ authorization: "Basic c2s6c2s=" }, { authorization: "Bearer" }, { authorization: "ApiKey sk_none" }])(
  "R57: what is no key opens no way around the origin's check: %j",
  async (headers) => {
    const response = await ask("POST", { ...headers, origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" });
    expect([response.status, (await problemOf(response)).reason]).toEqual([403, "crossOrigin"]);
  },
);

test("R42: what is refused field by field is told for a hundred of them: an answer does not grow with the request", async () => {
  const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`x${at}`, 1]));
  const file = "app/api/v1/subscribers/route.ts";
  const bodies = await callRoute({ file, method: "POST", headers: { "x-api-key": key }, body: { externalId: "one", ...unknown } });
  expect([bodies.status, (await problemOf(bodies)).errors?.length]).toEqual([422, 100]);
});

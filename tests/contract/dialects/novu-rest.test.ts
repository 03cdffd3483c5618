import { beforeEach, describe, expect, test } from "vitest";
import { SCOPES } from "@/lib/auth/scopes";
import { env } from "@/lib/env";
import { createIntegration } from "@/lib/services/integrations/create";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { deleteSubscriber } from "@/lib/services/subscribers/delete";
import { callNovu, NOVU_CONNECTIONS, NOVU_ENDPOINTS, type NovuWorld, novuWorld, SAMPLE } from "@/tests/support/novu";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { FORGED, REFUSED_BODIES } from "@/tests/support/refused-bodies";

let world: NovuWorld;

beforeEach(async () => {
  world = await novuWorld();
});

const create = (more: object = {}) => world.call("POST", NOVU_CONNECTIONS, { ...SAMPLE, ...more });
const connection = async (more: object = {}) => (await create(more)).json();
const one = (name: string) => `${NOVU_CONNECTIONS}/${encodeURIComponent(name)}`;

describe("who asks", () => {
  test.each([
    [undefined, "Missing authorization header"],
    ["", "Missing authorization header"],
    ["Bearer abc", 'Invalid authentication scheme: "Bearer"'],
    ["ApiKey", "API Key not found"],
    ["ApiKey sk_nothing", "API Key not found"],
    [`ApiKey sk_${"0".repeat(4000)}`, "API Key not found"],
  ])("401 to %s", async (authorization, message) => {
    const response = await callNovu("GET", NOVU_CONNECTIONS, authorization === undefined ? {} : { headers: { authorization } });
    expect([response.status, await response.json()]).toMatchObject([401, { statusCode: 401, message, error: "Unauthorized" }]);
  });

  test("a public key, and one without the scope, are refused", async () => {
    const { key: pk } = await makeKey(world.institutionId, { kind: "public" });
    expect((await callNovu("GET", NOVU_CONNECTIONS, { key: pk })).status).toBe(401);
    const reads = await makeKey(world.institutionId, { scopes: ["connections:read"] });
    expect((await callNovu("GET", NOVU_CONNECTIONS, { key: reads.key })).status).toBe(200);
    expect((await callNovu("POST", NOVU_CONNECTIONS, { key: reads.key, body: SAMPLE })).status).toBe(403);
    const others = await makeKey(world.institutionId, { scopes: SCOPES.filter((scope) => !scope.startsWith("connections")) });
    expect((await callNovu("GET", NOVU_CONNECTIONS, { key: others.key })).status).toBe(403);
  });
});

describe("the shape of a request", () => {
  const shape = { statusCode: expect.any(Number), timestamp: expect.any(String), path: expect.any(String), message: expect.any(String) };
  const raw = (body: string, headers = {}) => world.call("POST", NOVU_CONNECTIONS, body, headers);

  test.each([
    ["an unknown path", () => world.call("GET", "/v1/topics"), 404],
    ["a path below", () => world.call("GET", `${one("a")}/verify/now`), 404],
    ["the base", () => world.call("GET", "/v1"), 404],
    ["a method that is not there", () => world.call("PUT", one("a"), {}), 405],
    ["a body that is no JSON", () => raw("{"), 422],
    ["a body that is no object", () => raw("[]"), 422],
    ["another media type", () => raw("a=b", { "content-type": "text/plain" }), 415],
    ["65 KiB", () => raw(JSON.stringify({ ...SAMPLE, more: "x".repeat(66_560) })), 413],
    ["an identifier that decodes to nothing", () => world.call("GET", `${NOVU_CONNECTIONS}/%E0%A4`), 404],
    ["an identifier with a NUL", () => world.call("GET", `${NOVU_CONNECTIONS}/a%00b`), 404],
    ["a text with half a character", () => raw(JSON.stringify({ ...SAMPLE, workspace: { id: "T" } }).replace('"T"', '"\\ud800"')), 422],
  ])("%s is told in this API's own shape", async (_, ask, status) => {
    const response = await ask();
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ ...shape, statusCode: status });
    if (status === 405) expect(response.headers.get("allow")).toBe("GET, HEAD, PATCH, DELETE, OPTIONS");
  });

  test.each(REFUSED_BODIES)("R42: %s", async (_, body, type, status) => {
    const { POST } = await import("@/app/(dialects)/(novu)/v1/channel-connections/route");
    const headers = { authorization: `ApiKey ${world.key}`, "content-type": type };
    const request = new Request(`http://localhost:3000${NOVU_CONNECTIONS}`, { method: "POST", headers, body });
    const response = await POST(request, { params: Promise.resolve({}) });
    expect([response.status, await response.json()]).toMatchObject([status, { ...shape, statusCode: status }]);
  });

  test("R60: what only the server knows is not taken over from anybody", async () => {
    const answer = await create(FORGED);
    expect(answer.status).toBe(201);
    const body = await answer.json();
    const text = JSON.stringify([body, await asAdmin("SELECT c::text FROM connection c WHERE institution_id = $1", [world.institutionId])]);
    expect(text).not.toMatch(/00000000-0000-4000|2020-01-01/);
  });

  test("R33: every answer says the pace, and too many are told to wait", async () => {
    Object.assign(env().limits, { requestsPerCredential: { perMinute: 1, burst: 2 } });
    const answers = [
      await world.call("GET", NOVU_CONNECTIONS),
      await world.call("GET", NOVU_CONNECTIONS),
      await world.call("GET", NOVU_CONNECTIONS),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const last = answers[2];
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(last?.headers.get("ratelimit-remaining")).toBe("0");
    expect(await last?.json()).toMatchObject({ ...shape, statusCode: 429 });
  });
});

describe("the list", () => {
  async function many(count: number) {
    for (let at = 0; at < count; at += 1) {
      expect((await create({ identifier: `c${at}`, context: { tenant: `t${at}` } })).status).toBe(201);
      await asAdmin("UPDATE connection SET created_at = to_timestamp($2), updated_at = to_timestamp($2) WHERE identifier = $1", [
        `c${at}`,
        1_700_000_000 + at,
      ]);
    }
  }
  const list = async (query = "") => (await world.call("GET", `${NOVU_CONNECTIONS}${query}`)).json();
  const names = (page: { data: Array<{ identifier: string }> }) => page.data.map(({ identifier }) => identifier);

  test("ten at a time, the newest first, there and back by its cursors, with the total", async () => {
    await many(12);
    const first = await list();
    expect([names(first), first.totalCount, first.totalCountCapped, first.previous]).toEqual([
      ["c11", "c10", "c9", "c8", "c7", "c6", "c5", "c4", "c3", "c2"],
      12,
      false,
      null,
    ]);
    const second = await list(`?after=${first.next}`);
    expect([names(second), second.next]).toEqual([["c1", "c0"], null]);
    const back = await list(`?before=${second.previous}&limit=3`);
    expect(names(back)).toEqual(["c4", "c3", "c2"]);
    expect(names(await list(`?after=${first.next}&includeCursor=true`))).toEqual(["c2", "c1", "c0"]);
    expect(names(await list("?orderDirection=ASC&limit=2"))).toEqual(["c0", "c1"]);
    expect(names(await list("?orderBy=updatedAt&limit=1"))).toEqual(["c11"]);
  });

  test("a cursor that names nothing gives an empty page, another institution's too", async () => {
    await many(1);
    const nothing = { data: [], next: null, previous: null, totalCount: 0, totalCountCapped: false };
    expect(await list("?after=nothing")).toEqual(nothing);
    expect(names(await list("?after=&before="))).toEqual(["c0"]);
    const theirs = await novuWorld();
    const { next } = await (async () => {
      for (const at of [1, 2])
        await theirs.call("POST", NOVU_CONNECTIONS, { ...SAMPLE, identifier: `x${at}`, context: { tenant: `x${at}` } });
      return (await theirs.call("GET", `${NOVU_CONNECTIONS}?limit=1`)).json();
    })();
    expect(next).toEqual(expect.any(String));
    expect(await list(`?after=${next}`)).toEqual(nothing);
  });

  test("filters: by subscriber, mode, channel, provider, integration, and exactly these contexts in any order", async () => {
    await createIntegration(world.admin, { provider: "msteams", name: "Teams", identifier: "teams" });
    await connection({ identifier: "mine" });
    await connection({ identifier: "shared", connectionMode: "shared" });
    await connection({ identifier: "bare", context: undefined });
    await connection({ identifier: "teams", integrationIdentifier: "teams" });
    const found = async (query: string) => names(await list(query)).sort();
    expect(await found("?subscriberId=subscriber-123")).toEqual(["bare", "mine", "teams"]);
    expect(await found("?connectionMode=shared")).toEqual(["shared"]);
    expect(await found("?channel=chat&providerId=msteams")).toEqual(["teams"]);
    expect(await found("?channel=email")).toEqual([]);
    expect(await found("?integrationIdentifier=slack-prod")).toEqual(["bare", "mine", "shared"]);
    expect(await found("?integrationIdentifier=nowhere")).toEqual([]);
    expect(await found("?contextKeys=property2:org-acme&contextKeys=property1:org-acme")).toEqual(["mine", "shared", "teams"]);
    expect(await found("?contextKeys=property1:org-acme")).toEqual([]);
    expect(await found("?contextKeys=")).toEqual(["bare"]);
  });

  test.each([
    "?limit=0",
    "?limit=101",
    "?limit=ten",
    "?channel=fax",
    "?providerId=nobody",
    "?orderBy=name",
    "?orderDirection=up",
    "?includeCursor=maybe",
  ])("422 to %s", async (query) => {
    const response = await world.call("GET", `${NOVU_CONNECTIONS}${query}`);
    expect([response.status, Object.keys((await response.json()).errors)]).toEqual([422, [query.slice(1).split("=")[0]]]);
  });

  test("the total ends at 50,000", async () => {
    await asAdmin(
      `INSERT INTO connection (institution_id, id, identifier, integration_id, mode, context_keys, context_set, workspace_id, secrets)
       SELECT $1, gen_random_uuid(), 'n' || n, $2, 'shared', ARRAY['t:' || n], 't:' || n, 'T', '-' FROM generate_series(1, 50001) n`,
      [world.institutionId, world.integration.id],
    );
    expect(await list("?limit=1")).toMatchObject({ totalCount: 50_000, totalCountCapped: true });
    expect(await list("?limit=1&contextKeys=t:7")).toMatchObject({ totalCount: 1, totalCountCapped: false });
  });
});

describe("one connection", () => {
  test("workspace and tokens are replaced whole; a name that is left out goes", async () => {
    const before = await connection();
    const response = await world.call("PATCH", one(before.identifier), { workspace: { id: "T2" }, auth: { accessToken: "another" } });
    const after = await response.json();
    expect([response.status, after]).toMatchObject([
      200,
      { workspace: { id: "T2" }, auth: { accessToken: "******" }, createdAt: before.createdAt },
    ]);
    expect(after.workspace).not.toHaveProperty("name");
    for (const body of [{ workspace: { id: "T" } }, { auth: { accessToken: "t" } }, {}]) {
      expect((await world.call("PATCH", one(before.identifier), body)).status).toBe(422);
    }
    const rotated = await world.call("PATCH", one(before.identifier), {
      workspace: { id: "T" },
      auth: { accessToken: "a", refreshToken: "r" },
    });
    expect(rotated.status).toBe(200);
  });

  test("R45: an answer that is sent back keeps the stored token, and the mask is never stored", async () => {
    const { identifier, workspace, auth } = await connection();
    const sealed = () =>
      asAdmin<{ secrets: string; v: number }>(
        "SELECT secrets, secrets_version AS v FROM connection WHERE institution_id = $1 AND identifier = $2",
        [world.institutionId, identifier],
      );
    const before = await sealed();
    expect((await world.call("PATCH", one(identifier), { workspace: { ...workspace, name: "New" }, auth })).status).toBe(200);
    expect(await sealed()).toEqual(before);
  });

  test("deleted without a word; its endpoints stay, without it; identifiers are percent-decoded", async () => {
    const name = "a/b c%d日";
    await connection({ identifier: name });
    const endpoint = {
      subscriberId: "subscriber-123",
      integrationIdentifier: "slack-prod",
      type: "slack_user",
      endpoint: { userId: "U1" },
    };
    await world.call("POST", NOVU_ENDPOINTS, { ...endpoint, identifier: "e", connectionIdentifier: name });
    expect((await (await world.call("GET", one(name))).json()).identifier).toBe(name);
    const response = await world.call("DELETE", one(name));
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([204, "", null]);
    expect((await world.call("DELETE", one(name))).status).toBe(404);
    expect((await (await world.call("GET", `${NOVU_ENDPOINTS}/e`)).json()).connectionIdentifier).toBeNull();
  });

  test("R68: what is a subscriber's goes with them; what merely leads through their connection stays", async () => {
    await connection({ identifier: "theirs", context: undefined });
    await createSubscriber(world.admin, { externalId: "second" });
    const endpoint = {
      integrationIdentifier: "slack-prod",
      connectionIdentifier: "theirs",
      type: "slack_user",
      endpoint: { userId: "U1" },
    };
    await world.call("POST", NOVU_ENDPOINTS, { ...endpoint, identifier: "own", subscriberId: "subscriber-123" });
    await world.call("POST", NOVU_ENDPOINTS, { ...endpoint, identifier: "seconds", subscriberId: "second" });
    await deleteSubscriber(world.admin, { subscriberId: world.subscriber.id });
    expect((await world.call("GET", one("theirs"))).status).toBe(404);
    expect(
      (await (await world.call("GET", NOVU_ENDPOINTS)).json()).data.map(({ identifier }: { identifier: string }) => identifier),
    ).toEqual(["seconds"]);
  });
});

import { describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { unknownProgramPath } from "@/lib/http/program-route";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";

import { dialect, type Sent, thingsApi } from "@/tests/support/things-api";

const api = thingsApi();

describe("the pace of a credential", () => {
  test.each([1, 7, 60])("R33: of 200 requests at once it lets exactly its burst through: %i", async (burst) => {
    env().limits.requestsPerCredential = { perMinute: 1, burst };
    const answers = await Promise.all(Array.from({ length: 200 }, () => api.send({ method: "GET" })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(burst);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(200 - burst);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("R33: every answer says how much is left", async () => {
    env().limits.requestsPerCredential = { perMinute: 600, burst: 60 };
    for (const sent of [
      {},
      { method: "PUT" as const },
      { method: "OPTIONS" as const },
      { headers: { "x-api-key": "sk_none" } },
      { body: "{" },
      { body: "name=a", headers: { "content-type": "text/plain" } },
      { body: { name: "ok" } },
    ]) {
      const { headers } = await api.send(sent);
      expect(headers.get("ratelimit-limit")).toBe("60");
      expect(Number(headers.get("ratelimit-remaining"))).toBeGreaterThan(0);
      expect(Number(headers.get("ratelimit-reset"))).toBeGreaterThanOrEqual(0);
    }
  });

  test("R59: OPTIONS counts for nothing, and is answered when nothing else is", async () => {
    env().limits.requestsPerCredential = { perMinute: 1, burst: 2 };
    const ask = (method: "GET" | "OPTIONS") =>
      api.send({ method, headers: { "x-api-key": "sk_guess", "x-forwarded-for": "203.0.113.78" } });
    const left = async () => {
      const { status, headers } = await ask("OPTIONS");
      return [status, headers.get("ratelimit-remaining")];
    };
    expect([await left(), await left(), await left()]).toEqual(Array(3).fill([204, "2"]));
    expect([(await ask("GET")).status, await left()]).toEqual([401, [204, "1"]]);
    expect([(await ask("GET")).status, (await ask("GET")).status, await left()]).toEqual([401, 429, [204, "0"]]);
  });

  test("R33: guesses at keys are counted by where they come from", async () => {
    env().limits.requestsPerCredential = { perMinute: 1, burst: 5 };
    const guess = () => api.send({ method: "GET", headers: { "x-api-key": "sk_guess", "x-forwarded-for": "203.0.113.77" } });
    const answers = await Promise.all(Array.from({ length: 20 }, guess));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  });
});

describe("every request", () => {
  test.each([
    ["no key", { headers: { "x-api-key": "" } }, 401],
    ["another method", { method: "PUT" as const }, 405],
    ["no JSON", { body: "{" }, 400],
    ["a number that JSON does not have", { body: '{"name":1e}' }, 400],
    ["a member twice", { body: '{"name":"a","name":"b"}' }, 400],
    ["another media type", { body: "name=a", headers: { "content-type": "text/plain" } }, 415],
    ["65 KiB", { body: { name: "x".repeat(65_536) } }, 413],
    ["what the schema refuses", { body: { name: "" } }, 422],
  ] as Array<[string, Sent, number]>)("R42: %s is refused in the dialect's own shape", async (_, sent, status) => {
    const answer = await api.send(sent);
    expect(answer.status).toBe(status);
    expect(Object.keys((await answer.json()) as object)).toContain("code");
    expect(await api.things()).toEqual([]);
  });

  test.each([{ method: "PUT" }, { method: "OPTIONS", headers: { "x-asked-method": "QUERY" } }] as Sent[])(
    "R59: a wrong method, %j, is refused in the dialect's shape and names those that are there",
    async (sent) => {
      const answer = await api.send(sent);
      expect(answer.headers.get("allow")).toBe("PATCH, GET, HEAD, POST, OPTIONS");
      expect(answer.headers.get("ratelimit-limit")).not.toBeNull();
      expect([answer.status, await answer.json()]).toEqual([405, { code: "method_not_allowed" }]);
    },
  );

  test("R52: a key without the scope is told which one it lacks", async () => {
    const { key: limited } = await makeKey(api.institutionId, { scopes: ["connections:read"] });
    const answer = await api.send({ body: { name: "a" }, headers: { "x-api-key": limited } });
    expect([answer.status, await answer.json()]).toEqual([403, { code: "forbidden", reason: "scope" }]);
  });

  test("a path that is not there is answered in the same shape", async () => {
    const request = new Request("http://localhost:3000/nothing", { headers: { "x-api-key": api.key, "x-forwarded-for": "192.0.2.9" } });
    const answer = await unknownProgramPath(dialect).GET(request, { params: Promise.resolve({ rest: ["nothing"] }) });
    expect([answer.status, await answer.json()]).toEqual([404, { code: "not_found" }]);
  });

  test("leaves one line in the request log, without its body or path", async () => {
    await api.send({ body: { name: "a" }, id: "my-own-name" });
    await api.send({ body: { name: "a" }, id: "my-own-name" });
    await flushApiRequests();
    const lines = await asAdmin<Record<string, unknown>>(
      "SELECT credential_id, dialect, method, route, status, error FROM api_request WHERE institution_id = $1 ORDER BY at, status",
      [api.institutionId],
    );
    const line = { credential_id: api.keyId, dialect: "native", method: "POST", route: "/things/{id}" };
    expect(lines).toEqual([
      { ...line, status: 201, error: null },
      { ...line, status: 409, error: "conflict" },
    ]);
    const [used] = await asAdmin<{ used: boolean }>("SELECT last_used_at IS NOT NULL AS used FROM api_key WHERE id = $1", [api.keyId]);
    expect(used?.used).toBe(true);
  });
});

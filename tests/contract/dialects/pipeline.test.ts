import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError, ERROR_CODES } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import type { Dialect } from "@/lib/http/program-answer";
import { type ProgramRoute, programOperation, serveProgram, unknownProgramPath } from "@/lib/http/program-route";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { hit } from "@/lib/services/limits/hit";
import { makeInstitution } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";

const dialect: Dialect = {
  name: "native",
  authenticate: (request, ctx, access) => withSecretKey(ctx, request.headers.get("x-api-key"), access),
  describe: async ({ code, reason }) => ({ status: ERROR_CODES[code].status, body: { code, reason } }),
};

const Body = z.object({ name: z.string().min(1).max(100), then: z.enum(["stop", "refuse", "break", "count"]).optional() });
const counterKey = `test:${newId()}`;

/** Writes one row in a unit of work, as a verb does, and then goes on as it is told to. */
const route: ProgramRoute = {
  pattern: "/things/{id}",
  operations: {
    PATCH: programOperation({
      summary: "Changes nothing",
      body: Body,
      answers: { 200: z.object({}) },
      handle: async () => ({ status: 200, body: {} }),
    }),
    GET: programOperation({ summary: "Reads", answers: { 200: z.object({}) }, handle: async () => ({ status: 200, body: {} }) }),
    POST: programOperation({
      summary: "Writes",
      body: Body,
      answers: { 201: z.object({ key: z.string() }) },
      handle: async (ctx, { body: { name, then } }) => {
        const { institutionId } = requirePermission(ctx, "connection:write");
        if (then === "stop") throw new AppError("validation", { fields: [{ path: "name", code: "invalid" }] });
        const key = `thing:${name}`;
        const rows = await inInstitution(
          institutionId,
          (tx) =>
            tx.$queryRaw<
              object[]
            >`INSERT INTO context (institution_id, key) VALUES (${institutionId}::uuid, ${key}) ON CONFLICT DO NOTHING RETURNING key`,
        );
        if (rows.length === 0) throw new AppError("conflict");
        if (then === "refuse") throw new AppError("conflict", { reason: "later" });
        if (then === "break") throw new Error("a bug");
        if (then === "count") await hit(counterKey, { max: 1000, windowSec: 60 });
        return { status: 201, body: { key }, headers: { location: `/things/${name}` } };
      },
    }),
  },
};
const handlers = serveProgram(dialect, route);

let institutionId: string;
let key: string;
let keyId: string;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  institutionId = await makeInstitution();
  ({ key, id: keyId } = await makeKey(institutionId));
});

interface Sent {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "OPTIONS";
  body?: unknown;
  headers?: Record<string, string>;
  id?: string;
}

function send({ method = "POST", body, headers = {}, id = "1" }: Sent = {}): Promise<Response> {
  const raw = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(`http://localhost:3000/things/${id}`, {
    method,
    headers: {
      "x-api-key": key,
      "x-forwarded-for": "192.0.2.9",
      ...(raw === null ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: raw,
  });
  return handlers[method](request, { params: Promise.resolve({ id }) });
}

const things = () => asAdmin<{ key: string }>("SELECT key FROM context WHERE institution_id = $1 ORDER BY 1", [institutionId]);
const kept = () => asAdmin<{ state: string }>("SELECT state FROM idempotency WHERE institution_id = $1", [institutionId]);
const withKey = (name: string) => ({ "idempotency-key": name });

describe("an Idempotency-Key", () => {
  test("R54: of 200 requests at once, one of them different, one row is made; the others are told so", async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) => send({ body: { name: at === 150 ? "other" : "desk" }, headers: withKey("k-1") })),
    );
    const fresh = answers.filter((one) => one.status === 201 && !one.headers.has("idempotency-replay"));
    expect(fresh).toHaveLength(1);
    expect(await things()).toHaveLength(1);
    const counts = Object.groupBy(answers, ({ status }) => String(status));
    expect(
      Object.keys(counts)
        .sort()
        .filter((status) => !["201", "409", "422"].includes(status)),
    ).toEqual([]);
    const first = (await fresh[0]?.json()) as { key: string };
    expect(counts["422"]?.length).toBe(first.key === "thing:desk" ? 1 : 199);
    for (const refused of counts["409"] ?? []) expect(refused.headers.get("retry-after")).toBe("1");
  });

  test("R54: a retry gets the same status, body and headers, and does nothing", async () => {
    const [first, second] = [
      await send({ body: { name: "a" }, headers: withKey("k") }),
      await send({ body: { name: "a" }, headers: withKey("k") }),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get("idempotency-replay")).toBe("true");
    expect(first.headers.get("idempotency-replay")).toBeNull();
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get("location")).toBe("/things/a");
    expect(await things()).toHaveLength(1);
  });

  test("R54: the order of members does not matter, anything else does", async () => {
    await send({ body: '{"name":"a","then":"count"}', headers: withKey("k") });
    expect((await send({ body: '{"then":"count","name":"a"}', headers: withKey("k") })).headers.get("idempotency-replay")).toBe("true");
    expect((await send({ body: { name: "b", then: "count" }, headers: withKey("k") })).status).toBe(422);
  });

  test("R54: belongs to its credential, method and path", async () => {
    expect((await send({ body: { name: "a" }, headers: withKey("k") })).status).toBe(201);
    expect((await send({ body: { name: "b" }, headers: withKey("k"), id: "2" })).status).toBe(201);
    expect((await send({ method: "PATCH", body: { name: "a" }, headers: withKey("k") })).status).toBe(200);
    const other = await makeKey(institutionId);
    expect((await send({ body: { name: "c" }, headers: { ...withKey("k"), "x-api-key": other.key } })).status).toBe(201);
    const elsewhere = await makeKey(await makeInstitution());
    const foreign = await send({ body: { name: "a" }, headers: { ...withKey("k"), "x-api-key": elsewhere.key } });
    expect([foreign.status, foreign.headers.get("idempotency-replay")]).toEqual([201, null]);
  });

  test("R54: what the caller can mend is not kept, a refusal of the thing itself is", async () => {
    expect((await send({ body: { name: "a", then: "stop" }, headers: withKey("k1") })).status).toBe(422);
    expect(await kept()).toEqual([]);
    await send({ body: { name: "a" } });
    expect((await send({ body: { name: "a" }, headers: withKey("k2") })).status).toBe(409);
    const again = await send({ body: { name: "a" }, headers: withKey("k2") });
    expect([again.status, again.headers.get("idempotency-replay")]).toEqual([409, "true"]);
  });

  test("R54: a bug keeps nothing, and what was committed before it stays", async () => {
    expect((await send({ body: { name: "a", then: "break" }, headers: withKey("k") })).status).toBe(500);
    expect(await kept()).toEqual([]);
    expect(await things()).toHaveLength(1);
  });

  test("R54: an answer is stored in the transaction of what it tells of, or neither is", async () => {
    await asAdmin(`CREATE FUNCTION refuse_answers() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$`);
    await asAdmin(
      "CREATE TRIGGER refuse BEFORE UPDATE ON idempotency FOR EACH ROW WHEN (NEW.answer IS NOT NULL) EXECUTE FUNCTION refuse_answers()",
    );
    try {
      expect((await send({ body: { name: "a" }, headers: withKey("k") })).status).toBe(500);
      expect(await things()).toEqual([]);
    } finally {
      await asAdmin("DROP FUNCTION refuse_answers() CASCADE");
    }
    expect((await send({ body: { name: "a" }, headers: withKey("k") })).status).toBe(201);
  });

  test("R54: a claim whose process died is taken over after a minute, and only for the same body", async () => {
    await send({ body: { name: "a" }, headers: withKey("k") });
    const abandon = (locked: string) =>
      asAdmin(`UPDATE idempotency SET state = 'pending', answer = NULL, locked_until = now() + $2::interval WHERE institution_id = $1`, [
        institutionId,
        locked,
      ]);
    await abandon("10 seconds");
    expect((await send({ body: { name: "a" }, headers: withKey("k") })).status).toBe(409);
    await abandon("-1 seconds");
    expect((await send({ body: { name: "b" }, headers: withKey("k") })).status).toBe(422);
    // it did its work before it died, which the second one finds
    expect(((await (await send({ body: { name: "a" }, headers: withKey("k") })).json()) as { code: string }).code).toBe("conflict");
  });

  test.each(["", "x".repeat(256), "two words", "tab\tbed", "é", "once, once"])("R54: %j is none", async (name) => {
    expect((await send({ body: { name: "a" }, headers: withKey(name) })).status).toBe(422);
    expect(await things()).toEqual([]);
  });

  test("R50: what was answered is kept sealed", async () => {
    await send({ body: { name: "secret-name" }, headers: withKey("k") });
    const [row] = await asAdmin<{ answer: string }>("SELECT answer FROM idempotency WHERE institution_id = $1", [institutionId]);
    expect(row?.answer).toMatch(/^v1\./);
    expect(row?.answer).not.toContain("secret-name");
  });

  test("64 requests with keys at once end, although the pool is smaller", async () => {
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) => send({ body: { name: `n${at}`, then: "count" }, headers: withKey(`k${at}`) })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(64).fill(201));
    expect(await things()).toHaveLength(64);
  });
});

describe("the pace of a credential", () => {
  test.each([1, 7, 60])("R33: of 200 requests at once it lets exactly its burst through: %i", async (burst) => {
    env().limits.requestsPerCredential = { perMinute: 1, burst };
    const answers = await Promise.all(Array.from({ length: 200 }, () => send({ method: "GET" })));
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
      const { headers } = await send(sent);
      expect(headers.get("ratelimit-limit")).toBe("60");
      expect(Number(headers.get("ratelimit-remaining"))).toBeGreaterThan(0);
      expect(Number(headers.get("ratelimit-reset"))).toBeGreaterThanOrEqual(0);
    }
  });

  test("R33: guesses at keys are counted by where they come from", async () => {
    env().limits.requestsPerCredential = { perMinute: 1, burst: 5 };
    const guess = () => send({ method: "GET", headers: { "x-api-key": "sk_guess", "x-forwarded-for": "203.0.113.77" } });
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
    const answer = await send(sent);
    expect(answer.status).toBe(status);
    expect(Object.keys((await answer.json()) as object)).toContain("code");
    expect(await things()).toEqual([]);
  });

  test.each([{ method: "PUT" }, { method: "OPTIONS", headers: { "x-asked-method": "QUERY" } }] as Sent[])(
    "R59: a wrong method, %j, is refused in the dialect's shape and names those that are there",
    async (sent) => {
      const answer = await send(sent);
      expect(answer.headers.get("allow")).toBe("PATCH, GET, HEAD, POST, OPTIONS");
      expect(answer.headers.get("ratelimit-limit")).not.toBeNull();
      expect([answer.status, await answer.json()]).toEqual([405, { code: "method_not_allowed" }]);
    },
  );

  test("R52: a key without the scope is told which one it lacks", async () => {
    const { key: limited } = await makeKey(institutionId, { scopes: ["connections:read"] });
    const answer = await send({ body: { name: "a" }, headers: { "x-api-key": limited } });
    expect([answer.status, await answer.json()]).toEqual([403, { code: "forbidden", reason: "scope" }]);
  });

  test("a path that is not there is answered in the same shape", async () => {
    const request = new Request("http://localhost:3000/nothing", { headers: { "x-api-key": key, "x-forwarded-for": "192.0.2.9" } });
    const answer = await unknownProgramPath(dialect).GET(request, { params: Promise.resolve({ rest: ["nothing"] }) });
    expect([answer.status, await answer.json()]).toEqual([404, { code: "not_found" }]);
  });

  test("leaves one line in the request log, without its body or path", async () => {
    await send({ body: { name: "a" }, id: "my-own-name" });
    await send({ body: { name: "a" }, id: "my-own-name" });
    await flushApiRequests();
    const lines = await asAdmin<Record<string, unknown>>(
      "SELECT credential_id, dialect, method, route, status, error FROM api_request WHERE institution_id = $1 ORDER BY at, status",
      [institutionId],
    );
    const line = { credential_id: keyId, dialect: "native", method: "POST", route: "/things/{id}" };
    expect(lines).toEqual([
      { ...line, status: 201, error: null },
      { ...line, status: 409, error: "conflict" },
    ]);
    const [used] = await asAdmin<{ used: boolean }>("SELECT last_used_at IS NOT NULL AS used FROM api_key WHERE id = $1", [keyId]);
    expect(used?.used).toBe(true);
  });
});

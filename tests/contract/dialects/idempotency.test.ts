import { describe, expect, test } from "vitest";
import { makeInstitution } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";

import { thingsApi, withKey } from "@/tests/support/things-api";

const api = thingsApi();

describe("an Idempotency-Key", () => {
  test("R54: of 200 requests at once, one of them different, one row is made; the others are told so", async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) => api.send({ body: { name: at === 150 ? "other" : "desk" }, headers: withKey("k-1") })),
    );
    const fresh = answers.filter((one) => one.status === 201 && !one.headers.has("idempotency-replay"));
    expect(fresh).toHaveLength(1);
    expect(await api.things()).toHaveLength(1);
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
      await api.send({ body: { name: "a" }, headers: withKey("k") }),
      await api.send({ body: { name: "a" }, headers: withKey("k") }),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get("idempotency-replay")).toBe("true");
    expect(first.headers.get("idempotency-replay")).toBeNull();
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get("location")).toBe("/things/a");
    expect(await api.things()).toHaveLength(1);
  });

  test("R54: the order of members does not matter, anything else does", async () => {
    await api.send({ body: '{"name":"a","then":"count"}', headers: withKey("k") });
    expect((await api.send({ body: '{"then":"count","name":"a"}', headers: withKey("k") })).headers.get("idempotency-replay")).toBe("true");
    expect((await api.send({ body: { name: "b", then: "count" }, headers: withKey("k") })).status).toBe(422);
  });

  test("R54: belongs to its credential, method and path", async () => {
    expect((await api.send({ body: { name: "a" }, headers: withKey("k") })).status).toBe(201);
    expect((await api.send({ body: { name: "b" }, headers: withKey("k"), id: "2" })).status).toBe(201);
    expect((await api.send({ method: "PATCH", body: { name: "a" }, headers: withKey("k") })).status).toBe(200);
    const other = await makeKey(api.institutionId);
    expect((await api.send({ body: { name: "c" }, headers: { ...withKey("k"), "x-api-key": other.key } })).status).toBe(201);
    const elsewhere = await makeKey(await makeInstitution());
    const foreign = await api.send({ body: { name: "a" }, headers: { ...withKey("k"), "x-api-key": elsewhere.key } });
    expect([foreign.status, foreign.headers.get("idempotency-replay")]).toEqual([201, null]);
  });

  test("R54: what the caller can mend is not kept, a refusal of the thing itself is", async () => {
    expect((await api.send({ body: { name: "a", then: "stop" }, headers: withKey("k1") })).status).toBe(422);
    expect(await api.kept()).toEqual([]);
    await api.send({ body: { name: "a" } });
    expect((await api.send({ body: { name: "a" }, headers: withKey("k2") })).status).toBe(409);
    const again = await api.send({ body: { name: "a" }, headers: withKey("k2") });
    expect([again.status, again.headers.get("idempotency-replay")]).toEqual([409, "true"]);
  });

  test("R54: a bug keeps nothing, and what was committed before it stays", async () => {
    expect((await api.send({ body: { name: "a", then: "break" }, headers: withKey("k") })).status).toBe(500);
    expect(await api.kept()).toEqual([]);
    expect(await api.things()).toHaveLength(1);
  });

  test("R54: an answer is stored in the transaction of what it tells of, or neither is", async () => {
    await asAdmin(`CREATE FUNCTION refuse_answers() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$`);
    await asAdmin(
      "CREATE TRIGGER refuse BEFORE UPDATE ON idempotency FOR EACH ROW WHEN (NEW.answer IS NOT NULL) EXECUTE FUNCTION refuse_answers()",
    );
    try {
      expect((await api.send({ body: { name: "a" }, headers: withKey("k") })).status).toBe(500);
      expect(await api.things()).toEqual([]);
    } finally {
      await asAdmin("DROP FUNCTION refuse_answers() CASCADE");
    }
    expect((await api.send({ body: { name: "a" }, headers: withKey("k") })).status).toBe(201);
  });

  test("R54: a claim whose process died is taken over after a minute, and only for the same body", async () => {
    await api.send({ body: { name: "a" }, headers: withKey("k") });
    const abandon = (locked: string) =>
      asAdmin(`UPDATE idempotency SET state = 'pending', answer = NULL, locked_until = now() + $2::interval WHERE institution_id = $1`, [
        api.institutionId,
        locked,
      ]);
    await abandon("10 seconds");
    expect((await api.send({ body: { name: "a" }, headers: withKey("k") })).status).toBe(409);
    await abandon("-1 seconds");
    expect((await api.send({ body: { name: "b" }, headers: withKey("k") })).status).toBe(422);
    // it did its work before it died, which the second one finds
    expect(((await (await api.send({ body: { name: "a" }, headers: withKey("k") })).json()) as { code: string }).code).toBe("conflict");
  });

  test.each(["", "x".repeat(256), "two words", "tab\tbed", "é", "once, once"])("R54: %j is none", async (name) => {
    expect((await api.send({ body: { name: "a" }, headers: withKey(name) })).status).toBe(422);
    expect(await api.things()).toEqual([]);
  });

  test("R50: what was answered is kept sealed", async () => {
    await api.send({ body: { name: "secret-name" }, headers: withKey("k") });
    const [row] = await asAdmin<{ answer: string }>("SELECT answer FROM idempotency WHERE institution_id = $1", [api.institutionId]);
    expect(row?.answer).toMatch(/^v1\./);
    expect(row?.answer).not.toContain("secret-name");
  });

  test("64 requests with keys at once end, although the pool is smaller", async () => {
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) => api.send({ body: { name: `n${at}`, then: "count" }, headers: withKey(`k${at}`) })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(64).fill(201));
    expect(await api.things()).toHaveLength(64);
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { type ClosientChannel, callClosient } from "@/tests/support/closient";
import { makeInstitution, makeMember, waitingVerification } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";

const body = { channel_type: "email", label: "Work", config: { email: "ann@example.com" } };
const tag = { "idempotency-key": "11111111-2222-4333-8444-555555555555" };

let user: Awaited<ReturnType<typeof makeMember>>;
let key: string;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  const institutionId = await makeInstitution();
  user = await makeMember(institutionId);
  ({ key } = await makeKey(institutionId, { userId: user.actor.userId }));
});

const channels = () =>
  asAdmin<{ id: string; label: string }>("SELECT id, label FROM contact_point WHERE subscriber_id = $1", [user.actor.subscriberId]);

test("R54: of 200 requests at once with one key, one makes a channel; the others are told so, and the one that differs is refused", async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, at) => {
      const sent = at === 100 ? { ...body, label: "Other" } : body;
      const response = await callClosient("POST", { key, body: sent, headers: tag });
      return { at, status: response.status, headers: response.headers, said: (await response.json()) as unknown };
    }),
  );
  const differing = answers[100];
  const rest = answers.filter(({ at }) => at !== 100);
  const rows = await channels();
  expect(rows).toHaveLength(1);
  const [row] = rows;
  if (row?.label === "Other") {
    expect([differing?.status, new Set(rest.map(({ status }) => status))]).toEqual([201, new Set([422])]);
    return;
  }
  expect(differing).toMatchObject({
    status: 422,
    said: { detail: [{ loc: ["header", "Idempotency-Key"], msg: expect.any(String), type: "idempotency_mismatch" }] },
  });
  const fresh = rest.filter(({ status, headers }) => status === 201 && headers.get("idempotency-replay") === null);
  expect(fresh).toHaveLength(1);
  for (const { status, headers, said } of rest) {
    if (status === 409) {
      expect([headers.get("retry-after"), said]).toEqual(["1", { detail: expect.any(String) }]);
    } else {
      expect([status, said]).toEqual([201, fresh[0]?.said]);
    }
  }
});

describe("R54: a retry", () => {
  test("R54: gets the channel that the first one made, also after it was changed and deleted", async () => {
    const first = await callClosient("POST", { key, body, headers: tag });
    const channel = (await first.json()) as ClosientChannel;
    await callClosient("PATCH", { key, id: channel.id, body: { label: "Renamed" } });
    await callClosient("DELETE", { key, id: channel.id });
    const again = await callClosient("POST", { key, body: { config: body.config, label: "Work", channel_type: "email" }, headers: tag });
    expect([again.status, again.headers.get("idempotency-replay"), await again.json()]).toEqual([201, "true", channel]);
    expect(await channels()).toHaveLength(1);
  });

  test("R54: of a message sends no second one, and of a code proves no second time", async () => {
    const channel = (await (await callClosient("POST", { key, body })).json()) as ClosientChannel;
    const verify = () => callClosient("POST", { key, id: channel.id, step: "verify", headers: tag });
    expect([(await verify()).status, (await verify()).status]).toEqual([202, 202]);
    expect(await asAdmin("SELECT id FROM message WHERE contact_point_id = $1", [channel.id])).toHaveLength(1);
    const { code } = await waitingVerification(user.actor.institutionId, channel.id);
    const confirm = () => callClosient("POST", { key, id: channel.id, step: "confirm", body: { code }, headers: tag });
    const [first, second] = [await confirm(), await confirm()];
    expect([first.status, await first.json()]).toEqual([200, { ...channel, verified: true }]);
    expect([second.status, second.headers.get("idempotency-replay"), await second.json()]).toEqual([
      200,
      "true",
      { ...channel, verified: true },
    ]);
  });

  test("R54: of a change changes nothing again", async () => {
    const channel = (await (await callClosient("POST", { key, body })).json()) as ClosientChannel;
    const off = () => callClosient("PATCH", { key, id: channel.id, body: { enabled: false }, headers: tag });
    await off();
    await callClosient("PATCH", { key, id: channel.id, body: { enabled: true } });
    expect(await (await off()).json()).toEqual({ ...channel, enabled: false });
    expect(await (await callClosient("GET", { key, id: channel.id })).json()).toEqual(channel);
  });

  test("R54: after a refusal that can be mended is a new request", async () => {
    const wrong = await callClosient("POST", { key, body: { ...body, label: "" }, headers: tag });
    expect(wrong.status).toBe(422);
    expect((await callClosient("POST", { key, body, headers: tag })).status).toBe(201);
  });

  test("R54: of another person's key is nobody's retry", async () => {
    const other = await makeMember(user.actor.institutionId);
    const { key: others } = await makeKey(user.actor.institutionId, { userId: other.actor.userId });
    const first = (await (await callClosient("POST", { key, body, headers: tag })).json()) as ClosientChannel;
    const second = await callClosient("POST", { key: others, body, headers: tag });
    expect([second.status, second.headers.get("idempotency-replay")]).toEqual([201, null]);
    expect(((await second.json()) as ClosientChannel).id).not.toBe(first.id);
  });

  test.each(["", "a b", "é", "x".repeat(256)])("R54: %j is no key", async (name) => {
    const response = await callClosient("POST", { key, body, headers: { "idempotency-key": name } });
    expect([response.status, await response.json()]).toEqual([
      422,
      { detail: [{ loc: ["header", "Idempotency-Key"], msg: expect.any(String), type: "value_error" }] },
    ]);
    expect(await channels()).toEqual([]);
  });
});

test("R54: what was sent is stored sealed: no address stands in a remembered answer or in the request log", async () => {
  await callClosient("POST", { key, body, headers: tag });
  const rows = await asAdmin<{ row: string }>("SELECT i::text AS row FROM idempotency i WHERE institution_id = $1", [
    user.actor.institutionId,
  ]);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.row).not.toContain("Work");
});

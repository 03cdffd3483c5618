import { beforeEach, expect, test } from "vitest";
import { ChannelSettings } from "@/lib/dialects/notiflows/schemas";
import { env } from "@/lib/env";
import { type Application, callNotiflows, makeApplication } from "@/tests/support/notiflows";
import { asAdmin } from "@/tests/support/outbox";

let app: Application;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  app = await makeApplication();
});

const ask = (method: string, settings?: unknown, user = "user-1") =>
  callNotiflows(app, method, { part: "settings", user, ...(settings === undefined ? {} : { body: { settings } }) });

const stored = () =>
  asAdmin<{ id: string; settings: string; version: number }>(
    "SELECT id, settings, version FROM subscription_settings WHERE institution_id = $1",
    [app.institutionId],
  );

test("what was put comes back to the same user alone", async () => {
  const device = { token: "a-device-token", name: "Phone", nested: [1, null, { deep: true }] };
  const put = await ask("PUT", { device_tokens: [device] });
  const answer = ChannelSettings.parse(await put.json());
  expect([put.status, answer]).toMatchObject([200, { channel_id: app.channelId, settings: { device_tokens: [device] } }]);
  const got = await ask("GET");
  expect([got.status, await got.json()]).toEqual([200, answer]);
  for (const method of ["GET", "DELETE"]) {
    const other = await ask(method, undefined, "user-2");
    expect([other.status, await other.json()]).toMatchObject([
      404,
      { error: { code: "not_found", details: { resource: "channel_settings" } } },
    ]);
  }
});

test("R50: it is stored sealed, and stands in no audit row", async () => {
  await ask("PUT", { device_tokens: ["a-device-token"] });
  const [row] = await stored();
  expect(row?.settings).toMatch(/^v1\./);
  const everything = JSON.stringify([row, await asAdmin("SELECT * FROM audit_event WHERE institution_id = $1", [app.institutionId])]);
  expect(everything).not.toContain("a-device-token");
});

test("PUT replaces the whole, keeps its row and created_at, and counts on", async () => {
  const first = ChannelSettings.parse(await (await ask("PUT", { one: 1 })).json());
  const second = ChannelSettings.parse(await (await ask("PUT", { two: 2 })).json());
  expect(second).toMatchObject({ settings: { two: 2 }, created_at: first.created_at, user_id: first.user_id });
  expect(await stored()).toMatchObject([{ version: 2 }]);
});

test("what a page puts again with every visit is no change, and leaves no trace", async () => {
  const changes = async () =>
    (await asAdmin("SELECT 1 FROM audit_event WHERE institution_id = $1 AND action = 'subscription.settings_changed'", [app.institutionId]))
      .length;
  for (const settings of [{ one: [1] }, { one: [1] }, { one: [2] }, { one: [2] }]) await ask("PUT", settings);
  expect([await changes(), (await stored())[0]?.version]).toEqual([2, 4]);
});

test("60 at once leave one row that opens, with what one of them said", async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => ask("PUT", { at })));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(await stored()).toMatchObject([{ version: 60 }]);
  const { settings } = ChannelSettings.parse(await (await ask("GET")).json());
  expect(settings["at"]).toBeTypeOf("number");
});

test("DELETE: 204, and there is none any more", async () => {
  await ask("PUT", {});
  const gone = await ask("DELETE");
  expect([gone.status, await gone.text()]).toEqual([204, ""]);
  expect([(await ask("GET")).status, (await ask("DELETE")).status]).toEqual([404, 404]);
  expect(await stored()).toEqual([]);
});

test.each([[undefined], ["text"], [[1]], [null], [7]])("settings that are %j are refused", async (settings) => {
  const response = await callNotiflows(app, "PUT", { part: "settings", body: { settings } });
  expect([response.status, await response.json()]).toMatchObject([
    422,
    { error: { code: "validation_failed", details: { fields: [{ field: "settings" }] } } },
  ]);
});

test("R50: what was altered or moved to another row is refused, audited, and no 500", async () => {
  await ask("PUT", { secret: "of user-1" }, "user-1");
  await ask("PUT", { secret: "of user-2" }, "user-2");
  await asAdmin(
    `UPDATE subscription_settings s SET settings = o.settings FROM subscription_settings o
      WHERE s.institution_id = $1 AND o.institution_id = $1 AND s.id <> o.id`,
    [app.institutionId],
  );
  const response = await ask("GET", undefined, "user-1");
  expect([response.status, await response.clone().json()]).toMatchObject([409, { error: { code: "conflict" } }]);
  expect(await response.text()).not.toContain("of user-2");
  const trail = await asAdmin("SELECT 1 FROM audit_event WHERE institution_id = $1 AND action = 'crypt_decrypt_fail'", [app.institutionId]);
  expect(trail).toHaveLength(1);
});

import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { createIntegration } from "@/lib/services/integrations/create";
import { NOVU_CONNECTIONS, type NovuWorld, novuWorld, SAMPLE } from "@/tests/support/novu";
import { asAdmin } from "@/tests/support/outbox";
import { type FakeApi, startFakeApi } from "@/tests/support/vendors/fake-api";

let world: NovuWorld;

beforeEach(async () => {
  world = await novuWorld();
});

const connection = async (more: object = {}) => (await world.call("POST", NOVU_CONNECTIONS, { ...SAMPLE, ...more })).json();
const one = (name: string) => `${NOVU_CONNECTIONS}/${encodeURIComponent(name)}`;

const IDLE_TRANSACTIONS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";

describe("verify", () => {
  let slack: FakeApi;
  let accepted: string;

  beforeEach(async () => {
    accepted = "xoxb-good";
    slack = await startFakeApi(({ method, path, headers }) =>
      method !== "POST" || path !== "/api/auth.test"
        ? { status: 404, body: { ok: false, error: "unknown_method" } }
        : headers.authorization === `Bearer ${accepted}`
          ? { status: 200, body: { ok: true, url: "https://acme.slack.com/", team: "Acme HQ", team_id: "T123456", user_id: "U1" } }
          : { status: 200, body: { ok: false, error: "invalid_auth" } },
    );
    Object.assign(env(), { slackApiUrl: `${slack.url}/api` });
    Object.assign(env().reach, slack.reach);
    return () => slack.stop();
  });

  const verify = (name: string) => world.call("POST", `${one(name)}/verify`);
  const stored = (name: string) =>
    asAdmin("SELECT secrets, secrets_version, check_result FROM connection WHERE institution_id = $1 AND identifier = $2", [
      world.institutionId,
      name,
    ]);

  test("200 once the provider took the stored token", async () => {
    await connection({ identifier: "good", auth: { accessToken: "xoxb-good" } });
    const response = await verify("good");
    expect([response.status, await response.json()]).toMatchObject([200, { identifier: "good", auth: { accessToken: "******" } }]);
    expect(slack.calls).toHaveLength(1);
    expect(await stored("good")).toMatchObject([{ check_result: "ok" }]);
  });

  test("502 when it refused; the stored secret stays as it is", async () => {
    await connection({ identifier: "bad", auth: { accessToken: "xoxb-bad" } });
    const before = await stored("bad");
    const response = await verify("bad");
    expect([response.status, await response.json()]).toMatchObject([502, { statusCode: 502, error: "Bad Gateway" }]);
    expect(await stored("bad")).toEqual([{ ...(before[0] as object), check_result: "refused" }]);
  });

  test.each([
    ["an error of its own", { status: 500, body: {} }],
    ["too many requests", { status: 429, body: { ok: false, error: "ratelimited" } }],
    ["something else entirely", { status: 200, body: "<html>" }],
    ["a redirect elsewhere", { status: 302, headers: { location: "http://127.0.0.1:1/" } }],
    ["the end of the connection", "drop-after" as const],
  ])("502 to %s, which says nothing of the token", async (_, fault) => {
    await connection({ identifier: "good", auth: { accessToken: "xoxb-good" } });
    slack.fault = fault;
    expect((await verify("good")).status).toBe(502);
    expect(await stored("good")).toMatchObject([{ check_result: "unreachable" }]);
  });

  test("R46: nobody is asked at an address that is not open", async () => {
    await connection({ identifier: "good", auth: { accessToken: "xoxb-good" } });
    Object.assign(env().reach, { allowCidrs: [] });
    expect((await verify("good")).status).toBe(502);
    expect(slack.calls).toHaveLength(0);
  });

  test("a provider that nobody can ask is said to be one, not verified", async () => {
    await createIntegration(world.admin, { provider: "discord", name: "Discord", identifier: "discord" });
    await connection({ identifier: "other", integrationIdentifier: "discord" });
    const response = await verify("other");
    expect([response.status, (await response.json()).message]).toEqual([400, expect.stringContaining('"discord" cannot be verified')]);
    expect((await verify("nothing")).status).toBe(404);
  });

  test("R54: no transaction is open while the provider takes its time, and what it refused is asked anew", async () => {
    await connection({ identifier: "good", auth: { accessToken: "xoxb-good" } });
    const asked = () => world.call("POST", `${one("good")}/verify`, undefined, { "idempotency-key": "once" });
    slack.fault = "silence";
    const first = asked();
    while (slack.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    // the request log's own end within moments; one that waits for the provider would stay
    await expect.poll(() => asAdmin(IDLE_TRANSACTIONS)).toEqual([]);
    expect((await asked()).status).toBe(409);
    slack.drop();
    expect((await first).status).toBe(502);
    slack.fault = undefined;
    expect([(await asked()).status, (await asked()).headers.get("idempotency-replay")]).toEqual([200, "true"]);
    expect(slack.calls).toHaveLength(2);
  });

  test("R32: so many checks an hour", async () => {
    Object.assign(env().limits, { connectionChecksPerInstitutionHour: { max: 1, windowSec: 3600 } });
    await connection({ identifier: "good", auth: { accessToken: "xoxb-good" } });
    expect([(await verify("good")).status, (await verify("good")).status]).toEqual([200, 429]);
  });
});

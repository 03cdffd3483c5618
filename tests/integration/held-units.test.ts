import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { inInstitution, type Tx, withLastUnit } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { checkConnection } from "@/lib/services/connections/check";
import { createConnection } from "@/lib/services/connections/create";
import { createDomain } from "@/lib/services/domains/create";
import { examineDomain } from "@/lib/services/domains/examine";
import { createIntegration } from "@/lib/services/integrations/create";
import { buyNumber } from "@/lib/services/numbers/buy";
import { startDns } from "@/tests/support/dns-server";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { textAccount } from "@/tests/support/text-account";
import type { Person } from "@/tests/support/two-institutions";
import { startFakeApi } from "@/tests/support/vendors/fake-api";
import { startTwilio } from "@/tests/support/vendors/twilio";

const dns = await startDns();
// before the settings are first read
process.env["DNS_SERVERS"] = dns.address;

let institutionId: string;
let admin: Person;

beforeEach(async () => {
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
});
afterAll(async () => {
  await dns.stop();
  await closePrisma();
});

/** Connections of this database that hold a transaction and do nothing with it. */
const idle = async () =>
  (
    await asAdmin<{ idle: number }>(
      "SELECT count(*)::int AS idle FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'reachable' AND state = 'idle in transaction'",
    )
  )[0]?.idle;
const nothing = async () => undefined;
const add = (key: string, at = institutionId) =>
  inInstitution(at, (tx) => tx.$executeRaw`INSERT INTO context (institution_id, key) VALUES (${at}::uuid, ${key})`);
const added = (at = institutionId) =>
  asAdmin<{ key: string }>("SELECT key FROM context WHERE institution_id = $1 ORDER BY 1", [at]).then((rows) => rows.map(({ key }) => key));
const institutionOf = async (tx: Tx) =>
  (await tx.$queryRaw<Array<{ id: string }>>`SELECT current_setting('app.institution_id', true) AS id`)[0]?.id;

describe("a unit of work that waits for one more statement", () => {
  test("R54: of two at once each is committed, and none goes on holding its connection", async () => {
    await withLastUnit(institutionId, () => Promise.all([add("a"), add("b"), add("c")]), nothing);
    expect([await added(), await idle()]).toEqual([["a", "b", "c"], 0]);
  });

  test("R54: what is begun while the answer is on its way ends by itself", async () => {
    const late = Promise.withResolvers<void>();
    let after: Promise<unknown> = Promise.resolve();
    await withLastUnit(
      institutionId,
      async () => {
        after = late.promise.then(() => add("late"));
        await add("first");
      },
      nothing,
    );
    late.resolve();
    await after;
    expect([await added(), await idle()]).toEqual([["first", "late"], 0]);
  });

  test("R54: what goes on after a refusal ends by itself", async () => {
    const late = Promise.withResolvers<void>();
    let after: Promise<unknown> = Promise.resolve();
    const work = async () => {
      after = late.promise.then(() => add("late"));
      await add("counted");
      throw new Error("refused");
    };
    await expect(withLastUnit(institutionId, work, nothing)).rejects.toThrow("refused");
    late.resolve();
    await after;
    expect([await added(), await idle()]).toEqual([["counted", "late"], 0]);
  });

  test("R54, R63: the answer is stored in its own institution, whosever unit of work was the last one", async () => {
    const other = await makeInstitution();
    let seen: string | undefined;
    await withLastUnit(
      institutionId,
      () => add("there", other),
      async (tx) => {
        seen = await institutionOf(tx);
      },
    );
    expect([seen, await added(other)]).toEqual([institutionId, ["there"]]);
  });
});

describe("while somebody else takes their time", () => {
  const held = async (work: () => Promise<unknown>, isAsked: () => boolean, end: () => unknown) => {
    const done = withLastUnit(institutionId, work, nothing).catch(() => undefined);
    await vi.waitUntil(isAsked, { timeout: 10_000, interval: 5 });
    const count = await idle();
    await end();
    await done;
    return count;
  };

  test("R54: no connection is held for a provider that is asked about a token", async () => {
    const slack = await startFakeApi(() => ({ status: 200, body: { ok: true } }));
    slack.fault = "silence";
    Object.assign(env(), { slackApiUrl: slack.url });
    Object.assign(env().reach, slack.reach);
    const { id: integrationId } = await createIntegration(admin, { provider: "slack", name: "Slack", config: {} });
    const { id: connectionId } = await createConnection(admin, {
      integrationId,
      mode: "shared",
      context: { tenant: "acme" },
      workspace: { id: "T1" },
      auth: { accessToken: "xoxb-token" },
    });
    const check = () => checkConnection(admin, { connectionId });
    expect(await held(check, () => slack.calls.length > 0, slack.stop)).toBe(0);
  });

  test("R54: none for one that is asked for a number", async () => {
    const { api, config } = await startTwilio();
    api.fault = "silence";
    Object.assign(env().reach, api.reach);
    const integrationId = await textAccount(institutionId, "twilio", config);
    const buy = () => buyNumber(admin, { integrationId, number: "+12025550101", name: "Desk" });
    expect(await held(buy, () => api.calls.length > 0, api.stop)).toBe(0);
  });

  test("R54: none for the name servers of a domain", async () => {
    const { id } = await createDomain(admin, { domain: "slow.example" });
    dns.zones.set("slow.example", { silent: true });
    dns.asked.length = 0;
    const calledOff = new AbortController();
    const look = () => examineDomain(institutionId, id, { by: admin, asked: true, signal: calledOff.signal });
    expect(
      await held(
        look,
        () => dns.asked.length > 0,
        () => calledOff.abort(),
      ),
    ).toBe(0);
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { pauseContactPoint } from "@/lib/services/contact-points/pause";
import { type ClosientChannel, callClosient } from "@/tests/support/closient";
import { makeInstitution, makeMember, waitingVerification } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { wrongCode } from "@/tests/support/senders";

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let institutionId: string;
let user: Awaited<ReturnType<typeof makeMember>>;
let key: string;
/** Of its own, so that limits of networks do not add up. */
let network: string;
let networks = 0;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  networks += 1;
  network = `192.0.2.${networks}`;
  institutionId = await makeInstitution();
  user = await makeMember(institutionId);
  ({ key } = await makeKey(institutionId, { userId: user.actor.userId }));
});

function send(method: string, id = "", body?: unknown, step?: "verify" | "confirm", as = key): Promise<Response> {
  return callClosient(method, { key: as, id, body, ...(step ? { step } : {}), headers: { "x-forwarded-for": network } });
}

async function made(
  body: unknown = { channel_type: "email", label: "Work Email", config: { email: "ann@example.com" } },
): Promise<ClosientChannel> {
  const response = await send("POST", "", body);
  expect(response.status, await response.clone().text()).toBe(201);
  return (await response.json()) as ClosientChannel;
}

describe("create", () => {
  test("the page's own request, with the type that it asks for, gets the page's answer", async () => {
    const response = await send("POST", "", { channel_type: "in_app", label: "<string>", config: {} });
    expect([response.status, response.headers.get("content-type")]).toEqual([201, "application/json"]);
    const channel = (await response.json()) as ClosientChannel;
    expect(Object.keys(channel)).toEqual(["id", "channel_type", "label", "verified", "enabled"]);
    expect(channel).toEqual({
      id: expect.stringMatching(UUID4),
      channel_type: "in_app",
      label: "<string>",
      verified: false,
      enabled: true,
    });
  });

  test.each([
    ["email", { email: "ann@example.com" }],
    ["sms", { phone_number: "+819012345678" }],
    ["in_app", {}],
    ["in_app", undefined],
  ])("%s with %j is unverified, switched on, and says nothing of its address", async (channel_type, config) => {
    const response = await send("POST", "", { channel_type, label: "Mine", ...(config ? { config } : {}) });
    const text = await response.text();
    expect([response.status, JSON.parse(text)]).toEqual([
      201,
      { id: expect.stringMatching(UUID4), channel_type, label: "Mine", verified: false, enabled: true },
    ]);
    for (const address of Object.values(config ?? {})) expect(text).not.toContain(address);
    const stored = await asAdmin("SELECT subscriber_id, type, label, verified_at FROM contact_point WHERE id = $1", [JSON.parse(text).id]);
    expect(stored).toEqual([{ subscriber_id: user.actor.subscriberId, type: channel_type, label: "Mine", verified_at: null }]);
  });

  test("nothing is sent before it is asked for", async () => {
    const { id } = await made();
    expect(await asAdmin("SELECT id FROM message WHERE contact_point_id = $1", [id])).toEqual([]);
  });

  test("a user may have several channels of one type", async () => {
    await made();
    await made({ channel_type: "email", label: "Personal Email", config: { email: "ann@home.example" } });
    expect(await labels()).toEqual(["Personal Email", "Work Email"]);
  });

  test.each([1, 100])("a label of %i characters fits", async (length) => {
    expect((await made({ channel_type: "in_app", label: "あ".repeat(length) })).label).toHaveLength(length);
  });

  test("100 characters are 100, however many units each has", async () => {
    const label = "😀".repeat(100);
    expect((await made({ channel_type: "in_app", label })).label).toBe(label);
  });
});

describe("list and get", () => {
  test("a bare array, the newest first, each as it was made", async () => {
    const first = await made();
    const second = await made({ channel_type: "sms", label: "Phone", config: { phone_number: "+819012345678" } });
    const response = await send("GET");
    expect([response.status, await response.json()]).toEqual([200, [second, first]]);
    expect(await (await send("GET", first.id)).json()).toEqual(first);
    expect(await (await send("GET", first.id.toUpperCase())).json()).toEqual(first);
  });

  test("more than a page of them", async () => {
    env().limits.contactPointsPerSubscriber = 150;
    await asAdmin(
      `INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, config_version, address)
       SELECT $1, gen_random_uuid(), $2, 'email', 'Row ' || n, '{}', 1, 'row' || n || '@example.com' FROM generate_series(1, 130) n`,
      [institutionId, user.actor.subscriberId],
    );
    expect(new Set(await labels()).size).toBe(130);
    env().limits.contactPointsPerSubscriber = 20;
  });

  test("a user without channels has an empty list", async () => {
    expect(await (await send("GET")).json()).toEqual([]);
  });

  test("what the console made is there, as it is now", async () => {
    const { id } = await made();
    await asAdmin("UPDATE contact_point SET verified_at = now() WHERE id = $1", [id]);
    await pauseContactPoint(user, { contactPointId: id, until: "hour" });
    expect(await (await send("GET", id)).json()).toMatchObject({ verified: true, enabled: false });
    await asAdmin("UPDATE contact_point SET paused_until = now() - interval '1 second' WHERE id = $1", [id]);
    expect(await (await send("GET", id)).json()).toMatchObject({ enabled: true });
  });
});

describe("update", () => {
  test.each([
    [{ label: "Desk" }, { label: "Desk", enabled: true }],
    [{ enabled: false }, { label: "Work Email", enabled: false }],
    [
      { enabled: null, label: "Desk" },
      { label: "Desk", enabled: true },
    ],
    [
      { enabled: false, label: null },
      { label: "Work Email", enabled: false },
    ],
    [
      { enabled: null, label: null },
      { label: "Work Email", enabled: true },
    ],
    [{}, { label: "Work Email", enabled: true }],
  ])("%j leaves what it does not name", async (change, expected) => {
    const channel = await made();
    const response = await send("PATCH", channel.id, change);
    expect([response.status, await response.json()]).toEqual([200, { ...channel, ...expected }]);
    expect(await (await send("GET", channel.id)).json()).toEqual({ ...channel, ...expected });
  });

  test("nothing else can be changed", async () => {
    const channel = await made();
    const response = await send("PATCH", channel.id, {
      channel_type: "sms",
      config: { email: "eve@example.org" },
      verified: true,
      id: channel.id,
    });
    expect([response.status, await response.json()]).toEqual([200, channel]);
    expect(await asAdmin("SELECT address, pending_address FROM contact_point WHERE id = $1", [channel.id])).toEqual([
      { address: "ann@example.com", pending_address: null },
    ]);
  });

  test("switching a paused one on ends its pause, and the audit trail says so", async () => {
    const { id } = await made();
    await pauseContactPoint(user, { contactPointId: id, until: "hour" });
    expect(await (await send("PATCH", id, { label: "Desk" })).json()).toMatchObject({ enabled: false });
    expect(await (await send("PATCH", id, { enabled: true })).json()).toMatchObject({ enabled: true });
    const [row] = await asAdmin("SELECT paused_until FROM contact_point WHERE id = $1", [id]);
    expect(row).toEqual({ paused_until: null });
    const actions = await asAdmin<{ action: string }>("SELECT action FROM audit_event WHERE object_id = $1 ORDER BY at", [id]);
    expect(actions.map(({ action }) => action)).toEqual(expect.arrayContaining(["contact_point.paused", "contact_point.resumed"]));
  });
});

describe("delete", () => {
  test("answers 204 without a body, and then there is none", async () => {
    const { id } = await made();
    const response = await send("DELETE", id);
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([204, "", null]);
    expect((await send("DELETE", id)).status).toBe(404);
    expect((await send("GET", id)).status).toBe(404);
    expect(await labels()).toEqual([]);
  });
});

describe("verify and confirm", () => {
  test.each([
    ["email", { email: "ann@example.com" }],
    ["sms", { phone_number: "+819012345678" }],
  ])("an %s channel is proven with the code that it was sent", async (channel_type, config) => {
    const channel = await made({ channel_type, label: "Mine", config });
    const started = await send("POST", channel.id, undefined, "verify");
    expect([started.status, await started.json()]).toEqual([202, channel]);
    const { code } = await waitingVerification(institutionId, channel.id);
    const wrong = await send("POST", channel.id, { code: wrongCode(code) }, "confirm");
    expect([wrong.status, await wrong.json()]).toEqual([
      422,
      { detail: [{ loc: ["body", "code"], msg: expect.any(String), type: "verification_failed" }] },
    ]);
    const right = await send("POST", channel.id, { code }, "confirm");
    expect([right.status, await right.json()]).toEqual([200, { ...channel, verified: true }]);
    expect(await (await send("GET", channel.id)).json()).toEqual({ ...channel, verified: true });
  });

  test("the message is in the language of its reader, whatever the program accepts", async () => {
    await asAdmin(`UPDATE "user" SET locale = 'vi' WHERE id = $1`, [user.actor.userId]);
    const { id } = await made();
    await send("POST", id, undefined, "verify");
    expect(await asAdmin("SELECT locale FROM message WHERE contact_point_id = $1", [id])).toEqual([{ locale: "vi" }]);
  });

  test("a code counts once, and a proven channel needs no other", async () => {
    const { id } = await made();
    await send("POST", id, undefined, "verify");
    const { code } = await waitingVerification(institutionId, id);
    const all = await Promise.all(Array.from({ length: 8 }, () => send("POST", id, { code }, "confirm")));
    expect(all.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const again = await send("POST", id, undefined, "verify");
    expect([again.status, await again.json()]).toEqual([409, { detail: expect.any(String) }]);
  });

  test("R22: another message has to wait, and the answer says how long", async () => {
    const { id } = await made();
    expect((await send("POST", id, undefined, "verify")).status).toBe(202);
    const response = await send("POST", id, undefined, "verify");
    expect([response.status, await response.json()]).toEqual([429, { detail: expect.stringMatching(/\d+ seconds/) }]);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(50);
    for (const name of ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"]) expect(response.headers.get(name)).toMatch(/^\d+$/);
  });

  test("R23: after five messages within an hour there is no sixth", async () => {
    const { id } = await made();
    const statuses: number[] = [];
    for (let sent = 0; sent < 6; sent += 1) {
      await asAdmin("UPDATE contact_point SET next_send_at = NULL WHERE id = $1", [id]);
      statuses.push((await send("POST", id, undefined, "verify")).status);
    }
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });

  test("R24: over the cap of a destination it says 202 and sends nothing", async () => {
    const address = "shared@elsewhere.example";
    const rest = env().limits.sendsPerDestinationHour;
    env().limits.sendsPerDestinationHour = { max: 1, windowSec: 3600 };
    const first = await made({ channel_type: "email", label: "A", config: { email: address } });
    await send("POST", first.id, undefined, "verify");
    const other = await makeMember(institutionId);
    const { key: otherKey } = await makeKey(institutionId, { userId: other.actor.userId });
    const made2 = await send("POST", "", { channel_type: "email", label: "B", config: { email: address } }, undefined, otherKey);
    const second = (await made2.json()) as ClosientChannel;
    const answer = await send("POST", second.id, undefined, "verify", otherKey);
    env().limits.sendsPerDestinationHour = rest;
    expect([answer.status, await answer.json()]).toEqual([202, second]);
    expect(await asAdmin("SELECT state, payload FROM message WHERE contact_point_id = $1", [second.id])).toEqual([
      expect.objectContaining({ payload: null }),
    ]);
  });

  test("R25: a person has only so many messages a day", async () => {
    const rest = env().limits.sendsPerUserDay;
    env().limits.sendsPerUserDay = { max: 1, windowSec: 86_400 };
    const [first, second] = [await made(), await made({ channel_type: "email", label: "B", config: { email: "b@example.com" } })];
    const statuses = [await send("POST", first.id, undefined, "verify"), await send("POST", second.id, undefined, "verify")];
    env().limits.sendsPerUserDay = rest;
    expect(statuses.map(({ status }) => status)).toEqual([202, 429]);
    expect(await statuses[1]?.json()).toEqual({ detail: expect.any(String) });
  });

  test("an in-app channel is confirmed where it arrives, not with a code", async () => {
    const { id } = await made({ channel_type: "in_app", label: "Inbox" });
    expect((await send("POST", id, undefined, "verify")).status).toBe(202);
    expect((await send("POST", id, { code: "123456" }, "confirm")).status).toBe(422);
  });
});

async function labels(): Promise<string[]> {
  return ((await (await send("GET")).json()) as ClosientChannel[]).map(({ label }) => label);
}

import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { toUlid, uuidFrom } from "@/lib/core/ulid";
import { Subscription, SubscriptionList } from "@/lib/dialects/notiflows/schemas";
import { env } from "@/lib/env";
import { type Application, callNotiflows, makeApplication, makeChannel } from "@/tests/support/notiflows";
import { asAdmin } from "@/tests/support/outbox";
import { type BrowserSubscription, browserEndpoint, browserSubscription } from "@/tests/support/push";

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

interface Answered {
  id: string;
  channel_id: string;
  identifier: string;
  settings: Record<string, unknown>;
  created_at: string;
  updated_at: string;
}

let app: Application;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  app = await makeApplication();
});

async function add(body: unknown = browserSubscription(), user = "user-1", status = 201): Promise<Answered> {
  const response = await callNotiflows(app, "POST", { body, user });
  expect(response.status, await response.clone().text()).toBe(status);
  return (await response.json()) as Answered;
}

async function listed(user = "user-1", channel = app.channelId): Promise<Answered[]> {
  const response = await callNotiflows(app, "GET", { user, channel });
  expect(response.status).toBe(200);
  const body = SubscriptionList.parse(await response.json());
  return body.items;
}

const rows = (where = "true") =>
  asAdmin<{
    id: string;
    external_id: string;
    identifier: string;
    settings: Record<string, unknown>;
    secrets: string | null;
    disabled: boolean;
  }>(
    `SELECT n.id, p.external_id, n.identifier, n.settings, n.secrets, n.disabled_at IS NOT NULL AS disabled
       FROM subscription n JOIN subscriber p ON p.institution_id = n.institution_id AND p.id = n.subscriber_id
      WHERE n.institution_id = $1 AND ${where} ORDER BY n.created_at, n.id`,
    [app.institutionId],
  );

const audited = (action: string) =>
  asAdmin<{ object_id: string; key_id: string; actor_type: string; subscriber_id: string; after: Record<string, unknown> | null }>(
    "SELECT object_id, key_id, actor_type, subscriber_id, after FROM audit_event WHERE institution_id = $1 AND action = $2 ORDER BY at, id",
    [app.institutionId, action],
  );

describe("add", () => {
  test("the page's own request, with the placeholders filled in, gets the page's answer", async () => {
    const { identifier, settings } = browserSubscription();
    const response = await callNotiflows(app, "POST", {
      channel: toUlid(app.channelId),
      body: { identifier, settings: { auth: settings.auth, endpoint: settings.endpoint, p256dh: settings.p256dh } },
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([201, "application/json"]);
    const text = await response.text();
    const answer = Subscription.parse(JSON.parse(text));
    expect(Object.keys(JSON.parse(text)).sort()).toEqual(["channel_id", "created_at", "id", "identifier", "settings", "updated_at"]);
    expect(answer).toEqual({
      channel_id: app.channelId,
      created_at: expect.stringMatching(SECONDS),
      id: expect.stringMatching(ULID),
      identifier,
      // R45: the one secret of the three is a constant mask
      settings: { auth: "******", endpoint: settings.endpoint, p256dh: settings.p256dh },
      updated_at: answer.created_at,
    });
    expect(text).not.toContain(settings.auth);
  });

  test("an unknown external id becomes a subscriber, once", async () => {
    const users = await Promise.all(Array.from({ length: 8 }, () => add(browserSubscription(), "new-user")));
    expect(new Set(users.map(({ id }) => id)).size).toBe(8);
    const people = await asAdmin("SELECT external_id FROM subscriber WHERE institution_id = $1", [app.institutionId]);
    expect(people).toEqual([{ external_id: "new-user" }]);
    expect(await audited("subscriber.created")).toMatchObject([{ actor_type: "subscriber", key_id: app.apiKeyId }]);
  });

  test("R50: the secret is stored sealed, and stands in no other column and no audit row", async () => {
    const body = browserSubscription();
    await add(body);
    const [row] = await rows();
    expect(row).toMatchObject({ identifier: body.identifier, settings: { endpoint: body.identifier, p256dh: body.settings.p256dh } });
    expect(row?.secrets).toMatch(/^v1\./);
    const trail = JSON.stringify(await asAdmin("SELECT * FROM audit_event WHERE institution_id = $1", [app.institutionId]));
    for (const secret of [body.settings.auth, body.settings.p256dh, new URL(body.identifier).pathname]) expect(trail).not.toContain(secret);
    expect(await audited("subscription.created")).toMatchObject([
      { after: { identifier: `fcm.googleapis.com/…${body.identifier.slice(-4)}` } },
    ]);
  });

  test("R41: the same user, channel and identifier is the same row, whose settings are replaced", async () => {
    const first = browserSubscription();
    const made = await add(first);
    await asAdmin(
      "UPDATE subscription SET created_at = created_at - interval '1 day', updated_at = updated_at - interval '1 day' WHERE id = $1",
      [uuidFrom(made.id)],
    );
    const next = browserSubscription(first.identifier);
    const again = await add(next, "user-1", 200);
    expect(again).toMatchObject({ id: made.id, identifier: first.identifier, settings: { p256dh: next.settings.p256dh, auth: "******" } });
    expect(Date.parse(again.updated_at) - Date.parse(again.created_at)).toBeGreaterThan(86_000_000);
    expect(await rows()).toHaveLength(1);
    expect(await audited("subscription.updated")).toMatchObject([{ object_id: uuidFrom(made.id), after: { changed: ["auth", "p256dh"] } }]);
  });

  test("what a page sends again with every visit is no change", async () => {
    const body = browserSubscription();
    await add(body);
    await add(body, "user-1", 200);
    expect(await audited("subscription.updated")).toEqual([]);
  });

  test("R41: 100 at once make one row, one 201, and keep one id", async () => {
    const endpoint = browserEndpoint();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => callNotiflows(app, "POST", { body: browserSubscription(endpoint), user: "racer" })),
    );
    const bodies = await Promise.all(answers.map(async (response) => (await response.json()) as Answered));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(99).fill(200), 201]);
    expect(new Set(bodies.map(({ id, created_at }) => `${id} ${created_at}`)).size).toBe(1);
    const stored = await rows();
    expect(stored).toHaveLength(1);
    expect(bodies.map(({ settings }) => settings["p256dh"])).toContain(stored[0]?.settings["p256dh"]);
  });

  test("R41: the same endpoint under another user is disabled and audited, and nothing of it is read back", async () => {
    const body = browserSubscription();
    const first = await add(body, "ann");
    const [annsSecrets] = (await rows()).map(({ secrets }) => secrets);
    const taken = browserSubscription(body.identifier);
    const second = await add(taken, "ben");
    expect(second.id).not.toBe(first.id);
    expect(JSON.stringify(second)).not.toContain(body.settings.p256dh);
    expect((await rows()).map(({ external_id, disabled }) => [external_id, disabled])).toEqual([
      ["ann", true],
      ["ben", false],
    ]);
    expect((await rows())[0]?.secrets).toBe(annsSecrets);
    expect(await audited("subscription.disabled")).toMatchObject([{ object_id: uuidFrom(first.id), after: { reason: "same_endpoint" } }]);
    expect([await listed("ann"), (await listed("ben")).length]).toEqual([[], 1]);
    // back at the first one's
    const back = await add(body, "ann", 200);
    expect(back.id).toBe(first.id);
    expect((await rows()).map(({ external_id, disabled }) => [external_id, disabled])).toEqual([
      ["ann", false],
      ["ben", true],
    ]);
  });

  test("R41: another spelling of the same endpoint, or another channel, does not keep both", async () => {
    const endpoint = "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAC%2bx%3d";
    await add(browserSubscription(endpoint), "ann");
    await add(browserSubscription(endpoint.replace("%2b", "%2B")), "ben");
    expect((await rows()).map(({ disabled }) => disabled)).toEqual([true, false]);
    const other = await makeChannel(app.institutionId);
    const response = await callNotiflows(app, "POST", { body: browserSubscription(endpoint), user: "cyd", channel: other });
    expect(response.status).toBe(201);
    expect((await rows()).map(({ external_id, disabled }) => [external_id, disabled])).toEqual([
      ["ann", true],
      ["ben", true],
      ["cyd", false],
    ]);
  });

  test("R41: two people with one endpoint, 60 at once: exactly one of them has it in the end", async () => {
    const endpoint = browserEndpoint();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        callNotiflows(app, "POST", { body: browserSubscription(endpoint), user: at % 2 ? "ann" : "ben" }),
      ),
    );
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    expect((await rows()).map(({ disabled }) => disabled).sort()).toEqual([false, true]);
  });

  test("R41: nothing of another institution's is touched by the same endpoint and the same external id", async () => {
    const [body, other] = [browserSubscription(), await makeApplication()];
    await callNotiflows(other, "POST", { body, user: "ann" });
    await add(browserSubscription(body.identifier), "ann");
    const stored = await asAdmin<{ disabled_at: null }>("SELECT disabled_at FROM subscription WHERE identifier = $1", [body.identifier]);
    expect(stored).toEqual([{ disabled_at: null }, { disabled_at: null }]);
  });

  test("R34: at most 20 a person, also when they come at once; one that is there can still be renewed", async () => {
    env().limits.subscriptionsPerSubscriber = 5;
    const bodies = Array.from({ length: 12 }, () => browserSubscription());
    const answers = await Promise.all(bodies.map((body) => callNotiflows(app, "POST", { body, user: "hoarder" })));
    const refused = answers.filter(({ status }) => status !== 201);
    expect([answers.length - refused.length, refused.every(({ status }) => status === 422)]).toEqual([5, true]);
    expect(await refused[0]?.json()).toMatchObject({ error: { code: "validation_failed", details: { limit: 5 } } });
    const kept = bodies[answers.findIndex(({ status }) => status === 201)];
    await add(kept, "hoarder", 200);
    await add(browserSubscription(), "another");
    env().limits.subscriptionsPerSubscriber = 20;
  });

  test("R60: what only the server knows has no effect", async () => {
    const body = browserSubscription();
    const forged = {
      id: toUlid(newId()),
      user_id: newId(),
      subscriber_id: newId(),
      external_id: "somebody-else",
      created_at: "2000-01-01T00:00:00Z",
      disabled_at: "2000-01-01T00:00:00Z",
      verified: true,
    };
    const made = await add({ ...body, ...forged, settings: { ...body.settings, ...forged, keys: { auth: "x" } } });
    expect(made.id).not.toBe(forged.id);
    expect(made.created_at).not.toContain("2000");
    expect(Object.keys(made.settings).sort()).toEqual(["auth", "endpoint", "p256dh"]);
    expect(await rows()).toEqual([expect.objectContaining({ external_id: "user-1", disabled: false })]);
  });
});

describe("list and remove", () => {
  test("a user's own on this channel alone, the newest first", async () => {
    const [one, two] = [await add(), await add()];
    await add(browserSubscription(), "somebody-else");
    const other = await makeChannel(app.institutionId);
    await callNotiflows(app, "POST", { body: browserSubscription(), channel: other });
    expect((await listed()).map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
    expect(await listed("nobody-yet")).toEqual([]);
    expect(await asAdmin("SELECT 1 FROM subscriber WHERE institution_id = $1 AND external_id = 'nobody-yet'", [app.institutionId])).toEqual(
      [],
    );
  });

  test("removed by its identifier: 204 without a body, and gone for good", async () => {
    const { identifier } = await add();
    const response = await callNotiflows(app, "DELETE", { body: { identifier } });
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(await rows()).toEqual([]);
    expect(await audited("subscription.deleted")).toHaveLength(1);
    const again = await callNotiflows(app, "DELETE", { body: { identifier } });
    expect([again.status, await again.json()]).toMatchObject([
      404,
      { error: { code: "not_found", details: { resource: "subscription" } } },
    ]);
  });

  test("another user's identifier is an unknown one, and stays", async () => {
    const { identifier } = await add(browserSubscription(), "ann");
    expect((await callNotiflows(app, "DELETE", { body: { identifier }, user: "mallory" })).status).toBe(404);
    expect(await rows()).toHaveLength(1);
  });
});

describe("a chat channel", () => {
  test("takes places in a chat, several people the same one, and never says a webhook's address again", async () => {
    const channel = await makeChannel(app.institutionId, "chat");
    const send = (user: string, identifier: string, settings: object) =>
      callNotiflows(app, "POST", { channel, user, body: { identifier, settings } });
    const secret = "https://hooks.slack.example/services/T0/B0/a-secret-path";
    const made = await send("ann", "general", { webhook_url: secret });
    expect([made.status, await made.json()]).toMatchObject([201, { settings: { webhook_url: "******" } }]);
    expect((await send("ben", "general", { channel_id: "C123" })).status).toBe(201);
    expect((await rows()).map(({ disabled }) => disabled)).toEqual([false, false]);
    expect(JSON.stringify(await rows())).not.toContain("a-secret-path");
    for (const settings of [
      {},
      { webhook_url: "http://hooks.slack.example/x" },
      { webhook_url: "https://10.0.0.1/x" },
      { channel_id: "" },
    ]) {
      expect((await send("ann", "x", settings)).status, JSON.stringify(settings)).toBe(422);
    }
  });
});

test("the same routes stand below /api", async () => {
  const body: BrowserSubscription = browserSubscription();
  const made = await callNotiflows(app, "POST", { body, below: "/api" });
  expect(made.status).toBe(201);
  expect((await listed()).map(({ identifier }) => identifier)).toEqual([body.identifier]);
  expect((await callNotiflows(app, "PUT", { body: { settings: {} }, below: "/api", part: "settings" })).status).toBe(200);
  expect((await callNotiflows(app, "DELETE", { body: { identifier: body.identifier }, below: "/api" })).status).toBe(204);
});

import { beforeEach, describe, expect, test } from "vitest";
import { CATALOGUE } from "@/lib/channels/providers/catalogue/registry";
import { parseKeyring } from "@/lib/crypto/keyring";
import { openText } from "@/lib/crypto/seal";
import { env } from "@/lib/env";
import { createIntegration } from "@/lib/services/integrations/create";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { NOVU_CONNECTIONS, type NovuWorld, novuWorld, SAMPLE } from "@/tests/support/novu";
import { asAdmin } from "@/tests/support/outbox";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const IN_PROGRESS = "The first request with this Idempotency-Key is still running. Try again in a second.";

let world: NovuWorld;

beforeEach(async () => {
  world = await novuWorld();
});

const create = (more: object = {}, headers?: Record<string, string>) =>
  world.call("POST", NOVU_CONNECTIONS, { ...SAMPLE, ...more }, headers);

/** Status and message, after the shape of the body was looked at. */
async function refusal(response: Response): Promise<[number, string]> {
  const body = await response.json();
  expect(body).toMatchObject({ statusCode: response.status, timestamp: expect.stringMatching(ISO), path: expect.stringMatching(/^\/v1/) });
  const keys = ["statusCode", "timestamp", "path", "message", "error", "errors"];
  expect(Object.keys(body).filter((key) => !keys.includes(key))).toEqual([]);
  expect("errors" in body).toBe(response.status === 422);
  return [response.status, body.message];
}

describe("create a channel connection", () => {
  test("the page's own request gets the page's answer, and the row stands in the console's list", async () => {
    const response = await create();
    expect([response.status, response.headers.get("content-type")]).toEqual([201, "application/json"]);
    const body = await response.json();
    expect(body).toEqual({
      identifier: "slack-prod-user123-abc4",
      channel: "chat",
      providerId: "slack",
      integrationIdentifier: "slack-prod",
      subscriberId: "subscriber-123",
      contextKeys: ["property1:org-acme", "property2:org-acme"],
      workspace: { id: "T123456", name: "Acme HQ" },
      auth: { accessToken: "******" },
      createdAt: expect.stringMatching(ISO),
      updatedAt: expect.stringMatching(ISO),
    });
    const got = await world.call("GET", `${NOVU_CONNECTIONS}/${body.identifier}`);
    expect([got.status, await got.json()]).toEqual([200, body]);
  });

  test("R50: the token is sealed in its row, and stands nowhere else", async () => {
    await create();
    const [row] = await asAdmin<{ id: string; secrets: string; text: string }>(
      "SELECT id, secrets, c::text AS text FROM connection c WHERE institution_id = $1",
      [world.institutionId],
    );
    expect(row?.text).not.toContain("Workspace access token");
    const place = { table: "connection", institutionId: world.institutionId, rowId: row?.id ?? "", field: "secrets", version: 1 };
    expect(openText(parseKeyring(env().secretsKeys, "SECRETS_KEYS"), row?.secrets ?? "", place)).toContain("Workspace access token");
    const audit = await asAdmin<{ text: string }>("SELECT a::text AS text FROM audit_event a WHERE institution_id = $1", [
      world.institutionId,
    ]);
    expect(audit.map(({ text }) => text).join()).not.toContain("Workspace access token");
  });

  test("a name of the workspace that was not given is absent; identifiers are made with their prefix", async () => {
    const response = await create({ identifier: undefined, workspace: { id: "T1" } });
    const body = await response.json();
    expect(body.identifier).toMatch(/^chconn_[0-9a-z]{12}$/);
    expect(body.workspace).toEqual({ id: "T1" });
  });

  test("shared: nobody's in person, whoever is named beside it", async () => {
    const body = await (await create({ connectionMode: "shared" })).json();
    expect(body.subscriberId).toBeNull();
  });

  test("contexts with data are found or made, and what one holds already stays", async () => {
    await create({ context: { tenant: { id: "acme", data: { plan: "gold" } } } });
    await create({ identifier: "other", subscriberId: undefined, context: { tenant: { id: "acme", data: { plan: "tin" } } } });
    expect(await asAdmin("SELECT key, data FROM context WHERE institution_id = $1", [world.institutionId])).toEqual([
      { key: "tenant:acme", data: { plan: "gold" } },
    ]);
  });

  test("what a body has beside the contract has no effect", async () => {
    const more = { id: "1", providerId: "discord", channel: "sms", createdAt: "2000-01-01T00:00:00Z", institutionId: "x", status: "ok" };
    const body = await (await create(more)).json();
    expect([body.providerId, body.channel, body.createdAt > "2020"]).toEqual(["slack", "chat", true]);
  });

  test("null stands for what is left out, and an answer that is sent back with another resource is taken", async () => {
    const left = {
      identifier: null,
      connectionMode: null,
      workspace: { id: "T1", name: null },
      auth: { accessToken: "t", refreshToken: null, expiresAt: null },
    };
    const shared = await (await create({ ...left, subscriberId: null })).json();
    expect(shared).toMatchObject({ identifier: expect.stringMatching(/^chconn_/), subscriberId: null, workspace: { id: "T1" } });
    expect(shared.workspace).not.toHaveProperty("name");
    const personal = await (await create({ ...left, context: null })).json();
    expect(personal).toMatchObject({ subscriberId: "subscriber-123", contextKeys: [] });
    expect(await refusal(await create({ ...left, subscriberId: null, context: null }))).toEqual([
      400,
      "Either subscriberId or context must be provided",
    ]);
    const path = `${NOVU_CONNECTIONS}/${personal.identifier}`;
    expect(
      (await world.call("PATCH", path, { workspace: { id: "T2", name: null }, auth: { accessToken: "t", refreshToken: null } })).status,
    ).toBe(200);
    expect((await create({ workspace: { id: null } })).status).toBe(422);
  });

  test("providers that deliver here go by the names that the world gives them", async () => {
    const config = { host: "smtp.example.com", port: 587, security: "starttls", auth: "none" };
    await createIntegration(world.admin, { provider: "nodemailer", name: "Mail", identifier: "mail", config });
    const body = await (await create({ identifier: "mail-one", integrationIdentifier: "mail" })).json();
    expect([body.providerId, body.channel]).toEqual(["nodemailer", "email"]);
    expect(CATALOGUE.map(({ id }) => id)).toContain(body.providerId);
  });
});

describe("order of checks", () => {
  const wrong = {
    subscriberId: "nobody",
    integrationIdentifier: "nowhere",
    auth: { accessToken: "t", refreshToken: "r" },
  };

  test.each([
    [{ subscriberId: undefined, context: undefined }, 400, "Either subscriberId or context must be provided"],
    [{ connectionMode: "shared", context: undefined }, 400, 'context is required when connectionMode is "shared"'],
    [{ connectionMode: "subscriber", subscriberId: undefined }, 400, 'subscriberId is required when connectionMode is "subscriber"'],
  ])("1. %j", async (more, status, message) => {
    expect(await refusal(await create({ ...wrong, ...more }))).toEqual([status, message]);
  });

  test("2. an unknown integration, before a refresh token and a subscriber", async () => {
    expect(await refusal(await create(wrong))).toEqual([404, "Integration not found: nowhere"]);
  });

  test("3. a refresh token that cannot be used, before the subscriber; Slack's can", async () => {
    await createIntegration(world.admin, { provider: "discord", name: "Discord", identifier: "discord" });
    const [status, message] = await refusal(await create({ ...wrong, integrationIdentifier: "discord" }));
    expect([status, message]).toEqual([400, 'Token rotation is not supported for provider "discord". Leave out refreshToken.']);
    expect((await create({ auth: { ...wrong.auth, expiresAt: "2030-01-01T00:00:00Z" } })).status).toBe(201);
  });

  test("4. an unknown subscriber, before the conflict", async () => {
    await create();
    expect(await refusal(await create({ subscriberId: "nobody" }))).toEqual([404, "Subscriber not found: nobody"]);
  });

  test("5. a second one for the same resource, in whatever order its contexts come; the message names the first", async () => {
    await create();
    const context = { property2: "org-acme", property1: "org-acme" };
    const [status, message] = await refusal(await create({ identifier: SAMPLE.identifier, context }));
    expect([status, message]).toEqual([409, expect.stringContaining(SAMPLE.identifier)]);
    expect(message).toMatch(/^A channel connection already exists/);
    expect((await create({ identifier: "fewer", context: { property1: "org-acme" } })).status).toBe(201);
    expect((await create({ identifier: "nobodys", subscriberId: undefined })).status).toBe(201);
  });

  test("6. an identifier that is taken", async () => {
    await create();
    const response = await create({ context: { tenant: "other" } });
    expect(await refusal(response)).toEqual([409, 'The identifier "slack-prod-user123-abc4" is already in use']);
  });
});

describe("limits", () => {
  const five = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`t${at}`, "x".repeat(100)]));

  test("five contexts of 100 characters fit, six do not", async () => {
    expect((await create({ context: five })).status).toBe(201);
    expect((await create({ identifier: "six", context: { ...five, t6: "x" } })).status).toBe(422);
  });

  test.each([
    ["context", {}],
    ["context", { tenant: "" }],
    ["context", { tenant: "a b" }],
    ["context", { tenant: "x".repeat(101) }],
    ["context", { tenant: { data: {} } }],
    ["context", { tenant: 5 }],
    ["identifier", ""],
    ["identifier", "x".repeat(256)],
    ["identifier", ".."],
    ["identifier", " . "],
    ["identifier", 5],
    ["integrationIdentifier", undefined],
    ["workspace", undefined],
    ["workspace.id", { name: "Acme" }],
    ["auth", undefined],
    ["auth.accessToken", {}],
    ["auth.accessToken", { accessToken: "" }],
    ["auth.accessToken", { accessToken: "******" }],
    ["auth.expiresAt", { accessToken: "t", expiresAt: "tomorrow" }],
    ["auth.expiresAt", { accessToken: "t", expiresAt: "9999-12-31T23:59:59-23:59" }],
    ["auth.expiresAt", { accessToken: "t", expiresAt: "0000-01-01T00:00:00Z" }],
    ["connectionMode", "both"],
  ])("422 at %s: %j", async (path, value) => {
    const response = await create({ [path.split(".")[0] ?? ""]: value });
    const body = await response.clone().json();
    expect(await refusal(response)).toEqual([422, "Validation Error"]);
    expect(
      Object.keys(body.errors).some((name) => name.startsWith(path.split(".")[0] ?? "")),
      JSON.stringify(body.errors),
    ).toBe(true);
    expect(body.errors[Object.keys(body.errors)[0] ?? ""].messages[0]).toEqual(expect.any(String));
  });
});

test("200 at once for one resource: one connection, and 199 times its name", async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, (_, at) => create({ identifier: `try-${at}` })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused).toHaveLength(199);
  const [row] = await asAdmin<{ identifier: string; count: number }>(
    "SELECT min(identifier) AS identifier, count(*)::int AS count FROM connection WHERE institution_id = $1",
    [world.institutionId],
  );
  expect(row?.count).toBe(1);
  for (const response of refused) expect((await response.json()).message).toContain(row?.identifier);
}, 60_000);

describe("Idempotency-Key", () => {
  test("R54: a retry gets the stored answer, a conflict too; another body 422", async () => {
    const first = await create({}, { "idempotency-key": "one" });
    const again = await create({}, { "Idempotency-Key": "one" });
    expect([again.status, await again.json(), again.headers.get("idempotency-replay")]).toEqual([201, await first.json(), "true"]);
    const [conflict, replay] = [await create({}, { "idempotency-key": "two" }), await create({}, { "idempotency-key": "two" })];
    expect([conflict.status, replay.status, await replay.json()]).toEqual([409, 409, await conflict.json()]);
    const other = await create({ workspace: { id: "T2" } }, { "idempotency-key": "one" });
    const body = await other.clone().json();
    expect((await refusal(other))[0]).toBe(422);
    expect(body.errors["idempotency-key"].messages).toHaveLength(1);
  });

  test("R54: 200 at once with one key make one connection", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => create({}, { "idempotency-key": "many" })));
    // a second one would be a conflict of its own: those that wait are told something else
    expect(answers.filter((one) => one.status === 201 && !one.headers.has("idempotency-replay"))).toHaveLength(1);
    for (const waiting of answers.filter(({ status }) => status !== 201)) {
      expect([waiting.status, waiting.headers.get("retry-after"), (await waiting.json()).message]).toEqual([409, "1", IN_PROGRESS]);
    }
    const again = await create({}, { "idempotency-key": "many" });
    expect([again.status, again.headers.get("idempotency-replay")]).toEqual([201, "true"]);
    const rows = await asAdmin("SELECT 1 FROM connection WHERE institution_id = $1", [world.institutionId]);
    expect(rows).toHaveLength(1);
  }, 60_000);
});

test("another institution's integration, subscriber and connection are unknown ones", async () => {
  const theirs = await novuWorld();
  await createIntegration(theirs.admin, { provider: "slack", name: "Theirs", identifier: "their-slack" });
  await createSubscriber(theirs.admin, { externalId: "their-subscriber" });
  await theirs.call("POST", NOVU_CONNECTIONS, { ...SAMPLE, identifier: "their-connection" });
  expect(await refusal(await create({ integrationIdentifier: "their-slack" }))).toEqual([404, "Integration not found: their-slack"]);
  expect(await refusal(await create({ subscriberId: "their-subscriber" }))).toEqual([404, "Subscriber not found: their-subscriber"]);
  for (const [method, path, body] of [
    ["GET", "", undefined],
    ["PATCH", "", { workspace: { id: "T" }, auth: { accessToken: "t" } }],
    ["DELETE", "", undefined],
    ["POST", "/verify", undefined],
  ] as const) {
    const path_ = (name: string) => `${NOVU_CONNECTIONS}/${name}${path}`;
    const [foreign, unknown] = [
      await world.call(method, path_("their-connection"), body),
      await world.call(method, path_("no-connection"), body),
    ];
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect((await foreign.json()).message).toBe("Channel connection not found: their-connection");
  }
  expect((await (await world.call("GET", NOVU_CONNECTIONS)).json()).data).toEqual([]);
  expect((await create({ identifier: "their-connection" })).status).toBe(201);
});

import { beforeEach, describe, expect, test } from "vitest";
import { createEndpoint } from "@/lib/services/endpoints/create";
import { createIntegration } from "@/lib/services/integrations/create";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { NOVU_CONNECTIONS, NOVU_ENDPOINTS, type NovuWorld, novuWorld, SAMPLE } from "@/tests/support/novu";
import { asAdmin } from "@/tests/support/outbox";
import { refusal } from "@/tests/support/senders";

let world: NovuWorld;

beforeEach(async () => {
  world = await novuWorld();
  expect((await world.call("POST", NOVU_CONNECTIONS, SAMPLE)).status).toBe(201);
});

const ENDPOINT = {
  identifier: "ann-in-general",
  subscriberId: "subscriber-123",
  context: { tenant: "acme" },
  integrationIdentifier: "slack-prod",
  connectionIdentifier: SAMPLE.identifier,
  type: "slack_channel",
  endpoint: { channelId: "C123456789" },
};
const create = (more: object = {}) => world.call("POST", NOVU_ENDPOINTS, { ...ENDPOINT, ...more });
const messageOf = async (response: Response) => [response.status, (await response.json()).message];

test("an endpoint is made, read, listed, changed and deleted", async () => {
  const response = await create();
  const made = await response.json();
  expect([response.status, made]).toEqual([
    201,
    {
      identifier: "ann-in-general",
      channel: "chat",
      providerId: "slack",
      integrationIdentifier: "slack-prod",
      subscriberId: "subscriber-123",
      contextKeys: ["tenant:acme"],
      connectionIdentifier: SAMPLE.identifier,
      type: "slack_channel",
      endpoint: { channelId: "C123456789" },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    },
  ]);
  const path = `${NOVU_ENDPOINTS}/ann-in-general`;
  expect(await (await world.call("GET", path)).json()).toEqual(made);
  expect(await (await world.call("GET", `${NOVU_ENDPOINTS}?connectionIdentifier=${SAMPLE.identifier}`)).json()).toMatchObject({
    data: [made],
    totalCount: 1,
  });
  const changed = await world.call("PATCH", path, { endpoint: { channelId: "C2", more: "x" }, type: "phone" });
  expect([changed.status, await changed.json()]).toMatchObject([200, { type: "slack_channel", endpoint: { channelId: "C2" } }]);
  const gone = await world.call("DELETE", path);
  expect([gone.status, await gone.text()]).toEqual([204, ""]);
  expect(await messageOf(await world.call("GET", path))).toEqual([404, "Channel endpoint not found: ann-in-general"]);
  const actions = await asAdmin("SELECT action FROM audit_event WHERE institution_id = $1 AND object_type = 'endpoint' ORDER BY at, id", [
    world.institutionId,
  ]);
  expect(actions).toEqual([{ action: "endpoint.created" }, { action: "endpoint.updated" }, { action: "endpoint.deleted" }]);
});

test.each([
  ["slack_user", { userId: "U123456789" }],
  ["webhook", { url: "https://example.com/webhook" }],
  ["webhook", { url: "https://example.com/webhook", channel: "general" }],
  ["phone", { phoneNumber: "+1234567890" }],
  ["ms_teams_channel", { teamId: "19:abc123@thread.tacv2", channelId: "19:def456@thread.tacv2" }],
  ["ms_teams_user", { userId: "29:1234567890abcdef" }],
])("%s %j", async (type, endpoint) => {
  const body = await (await create({ identifier: undefined, connectionIdentifier: undefined, type, endpoint })).json();
  expect(body).toMatchObject({ identifier: expect.stringMatching(/^chendp_[0-9a-z]{12}$/), connectionIdentifier: null, type, endpoint });
});

test("null stands for what is left out", async () => {
  const left = { identifier: null, context: null, connectionIdentifier: null };
  const webhook = { type: "webhook", endpoint: { url: "https://example.com/webhook", channel: null } };
  const made = await (await create({ ...left, ...webhook })).json();
  expect(made).toMatchObject({ contextKeys: [], connectionIdentifier: null, endpoint: { url: "https://example.com/webhook" } });
  expect(made.endpoint).not.toHaveProperty("channel");
  const changed = await world.call("PATCH", `${NOVU_ENDPOINTS}/${made.identifier}`, { endpoint: webhook.endpoint });
  expect(changed.status).toBe(200);
  expect((await create({ ...left, type: "slack_user", endpoint: { userId: null } })).status).toBe(400);
});

test("R60: what its type does not ask for has no effect here, and is refused by the native API", async () => {
  const more = { type: "slack_user", endpoint: { userId: "U1", channelId: "C1", verified: true } };
  expect(await (await create({ identifier: "few", ...more })).json()).toMatchObject({ endpoint: { userId: "U1" } });
  const given = { ...more, integrationIdentifier: "slack-prod", externalId: "subscriber-123" };
  expect(await refusal(createEndpoint(world.admin, given))).toMatchObject({
    reason: "endpointShape",
    fields: ["endpoint.channelId: invalid", "endpoint.verified: invalid"],
  });
});

describe("refusals", () => {
  test.each([
    ["slack_channel", { userId: "U1" }],
    ["slack_channel", "C1"],
    ["slack_user", { userId: "" }],
    ["webhook", { url: "javascript:alert(1)" }],
    ["webhook", { url: "https://user:pass@example.com/" }],
    ["phone", { phoneNumber: "12345" }],
    ["ms_teams_channel", { teamId: "19:abc" }],
    ["ms_teams_user", { userId: ["a"] }],
  ])("400 to %s with %j", async (type, endpoint) => {
    expect(await messageOf(await create({ type, endpoint }))).toEqual([400, `Endpoint must match the required format for type "${type}"`]);
  });

  test.each([
    ["subscriberId", undefined],
    ["integrationIdentifier", undefined],
    ["type", "fax"],
    ["type", undefined],
    ["endpoint", undefined],
  ])("422 at %s: %j", async (name, value) => {
    const response = await create({ [name]: value });
    expect([response.status, Object.keys((await response.json()).errors)]).toEqual([422, [name]]);
  });

  test("404 for an integration, a subscriber and a connection that are not there, or another integration's", async () => {
    expect(await messageOf(await create({ integrationIdentifier: "no" }))).toEqual([404, "Integration not found: no"]);
    expect(await messageOf(await create({ subscriberId: "no" }))).toEqual([404, "Subscriber not found: no"]);
    expect(await messageOf(await create({ connectionIdentifier: "no" }))).toEqual([404, "Channel connection not found: no"]);
    await createIntegration(world.admin, { provider: "slack", name: "Second", identifier: "second" });
    expect((await create({ integrationIdentifier: "second" })).status).toBe(404);
  });

  test("409 for a taken identifier, also when 50 ask at once", async () => {
    const statuses = (await Promise.all(Array.from({ length: 50 }, () => create()))).map(({ status }) => status);
    expect([statuses.filter((status) => status === 201).length, statuses.filter((status) => status === 409).length]).toEqual([1, 49]);
    expect(await messageOf(await create())).toEqual([409, 'The identifier "ann-in-general" is already in use']);
  });

  test("a change that does not fit its type leaves it as it is", async () => {
    await create();
    const response = await world.call("PATCH", `${NOVU_ENDPOINTS}/ann-in-general`, { endpoint: { userId: "U" } });
    expect(response.status).toBe(400);
    expect(await (await world.call("GET", `${NOVU_ENDPOINTS}/ann-in-general`)).json()).toMatchObject({ endpoint: ENDPOINT.endpoint });
  });
});

test("another institution's endpoint is an unknown one; its connection cannot be used", async () => {
  const theirs = await novuWorld();
  await theirs.call("POST", NOVU_CONNECTIONS, { ...SAMPLE, identifier: "their-connection" });
  await theirs.call("POST", NOVU_ENDPOINTS, { ...ENDPOINT, identifier: "theirs", connectionIdentifier: undefined });
  for (const [method, body] of [
    ["GET", undefined],
    ["PATCH", { endpoint: { channelId: "C" } }],
    ["DELETE", undefined],
  ] as const) {
    expect(await messageOf(await world.call(method, `${NOVU_ENDPOINTS}/theirs`, body))).toEqual([
      404,
      "Channel endpoint not found: theirs",
    ]);
  }
  expect((await create({ connectionIdentifier: "their-connection" })).status).toBe(404);
});

test("the list knows its filters", async () => {
  await createSubscriber(world.admin, { externalId: "second" });
  await create();
  await create({ identifier: "seconds", subscriberId: "second", context: undefined, connectionIdentifier: undefined });
  const found = async (query: string) =>
    ((await (await world.call("GET", `${NOVU_ENDPOINTS}?${query}`)).json()).data as Array<{ identifier: string }>).map(
      ({ identifier }) => identifier,
    );
  expect(await found("subscriberId=second")).toEqual(["seconds"]);
  expect(await found("contextKeys=tenant:acme")).toEqual(["ann-in-general"]);
  expect(await found("connectionIdentifier=nothing")).toEqual([]);
  expect((await found("channel=chat&providerId=slack&integrationIdentifier=slack-prod")).length).toBe(2);
});

test("no audit row says the address: a webhook's is a secret of its own", async () => {
  await create({ identifier: "ann@example.com in slack", type: "webhook", endpoint: { url: "https://hooks.example.com/very-secret" } });
  const rows = await asAdmin<{ text: string }>("SELECT a::text AS text FROM audit_event a WHERE institution_id = $1", [
    world.institutionId,
  ]);
  const texts = rows.map(({ text }) => text).join();
  expect(texts).not.toContain("very-secret");
  expect(texts).not.toContain("ann@example.com");
  expect(texts).toContain("a***@example.com");
});

import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { registerNumber } from "@/lib/services/numbers/register";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { makeSender } from "@/tests/support/sender-rows";
import { addSmtp, markProven } from "@/tests/support/senders";
import { addDomain, addNumber, callVotel, type VotelChannel, type VotelRequest } from "@/tests/support/votel";

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let institutionId: string;
let admin: Awaited<ReturnType<typeof makeMember>>;
let key: string;
/** An account whose own sender is proven. */
let integrationId: string;
let firstId: string;
let domainId: string;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  ({ key } = await makeKey(institutionId));
  const first = await addSmtp(admin);
  [firstId, integrationId] = [first.id, first.integration.id];
  await markProven(firstId);
  domainId = await addDomain(institutionId, "example.com");
});

const email = (more: object = {}) => ({
  name: "Support Email",
  channel_type: "email",
  integration_id: integrationId,
  send_from_email: "support@example.com",
  email_domain_id: domainId,
  ...more,
});

async function send(method: string, request: VotelRequest = {}): Promise<{ status: number; channel: VotelChannel; headers: Headers }> {
  const response = await callVotel(method, { key, ...request });
  return { status: response.status, channel: (await response.json()) as VotelChannel, headers: response.headers };
}

async function made(body: object = email()): Promise<VotelChannel> {
  const { status, channel } = await send("POST", { body });
  expect(status, JSON.stringify(channel)).toBe(201);
  return channel;
}

/** A text account that works, and a number on it. */
async function textAccount(number = "+15551234567", verified = true) {
  const proven = await makeSender(institutionId, { port: 9, type: "sms", isDefault: false });
  const [row] = await asAdmin<{ id: string }>("SELECT integration_id AS id FROM sender WHERE id = $1", [proven]);
  const integration_id = row?.id ?? "";
  return {
    integration_id,
    phone_number_id: await addNumber(institutionId, integration_id, number, verified),
    send_from_phone_number: number,
  };
}

describe("create", () => {
  test("the page's email sample gets the page's answer", async () => {
    const { status, channel, headers } = await send("POST", { body: email({ is_default: true }) });
    expect([status, headers.get("content-type")]).toEqual([201, "application/json"]);
    expect(Object.keys(channel)).toEqual([
      "id",
      "tenant_id",
      "name",
      "channel_type",
      "integration_id",
      "send_from_email",
      "email_domain_id",
      "status",
      "is_default",
      "metadata",
      "created_at",
    ]);
    expect(channel).toEqual({
      id: expect.stringMatching(UUID4),
      tenant_id: institutionId,
      name: "Support Email",
      channel_type: "email",
      integration_id: integrationId,
      send_from_email: "support@example.com",
      email_domain_id: domainId,
      status: "available",
      is_default: true,
      metadata: {},
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  test("the page's SMS sample gets the page's answer", async () => {
    const account = await textAccount();
    const { status, channel } = await send("POST", { body: { name: "Sales SMS", channel_type: "sms", ...account, is_default: false } });
    expect([status, Object.keys(channel)]).toEqual([
      201,
      [
        "id",
        "tenant_id",
        "name",
        "channel_type",
        "integration_id",
        "send_from_phone_number",
        "phone_number_id",
        "status",
        "is_default",
        "metadata",
        "created_at",
      ],
    ]);
    expect(channel).toMatchObject({
      tenant_id: institutionId,
      name: "Sales SMS",
      channel_type: "sms",
      ...account,
      status: "available",
      is_default: false,
      metadata: {},
    });
  });

  test("it is a sender like any other: proven, and it sends with the account's settings", async () => {
    const { id } = await made();
    const [row] = await asAdmin(
      `SELECT s.state, s.revision = s.proven_revision AS proven, s.proven_config ->> 'fromAddress' AS "from", s.proven_secrets IS NOT NULL AS sealed FROM sender s WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({ state: "active", proven: true, from: "support@example.com", sealed: true });
    const actions = await asAdmin<{ action: string; after: { method?: string } }>(
      "SELECT action, after FROM audit_event WHERE object_id = $1 ORDER BY at",
      [id],
    );
    expect(actions.map(({ action, after }) => [action, after.method])).toEqual([
      ["sender.created", undefined],
      ["sender.verified", "vouched"],
    ]);
  });

  test("an address below the domain is in it; capitals and ids are read as they are meant", async () => {
    const channel = await made(
      email({
        send_from_email: "Support@Mail.EXAMPLE.com",
        integration_id: integrationId.toUpperCase(),
        email_domain_id: domainId.toUpperCase(),
      }),
    );
    expect(channel).toMatchObject({
      send_from_email: "Support@mail.example.com",
      email_domain_id: domainId,
      integration_id: integrationId,
    });
  });

  test("metadata comes back as it was sent, up to 16 KiB", async () => {
    const metadata = { team: "sales", nested: { list: [1, 2.5, null, true, "é😀"], constructor: "x" }, empty: {} };
    expect((await made(email({ metadata }))).metadata).toEqual(metadata);
    const full = { text: "x".repeat(16_384 - '{"text":""}'.length) };
    const channel = await made(email({ metadata: full }));
    expect((await send("GET", { id: channel.id })).channel.metadata).toEqual(full);
  });

  test("the new default takes the place of the old one, and of its type alone", async () => {
    await made(email({ is_default: true }));
    const { id } = await made(email({ name: "Second", is_default: true }));
    const texts = await send("POST", { body: { name: "Sales SMS", channel_type: "sms", ...(await textAccount()), is_default: true } });
    const rows = await asAdmin<{ id: string }>("SELECT id FROM sender WHERE institution_id = $1 AND is_default ORDER BY type", [
      institutionId,
    ]);
    expect(rows.map((row) => row.id)).toEqual([id, texts.channel.id]);
    expect(await asAdmin("SELECT 1 FROM sender WHERE institution_id = $1 AND updated_at < created_at", [institutionId])).toEqual([]);
  });

  test("of many new defaults at once exactly one is it", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => send("POST", { body: email({ name: `At once ${at}`, is_default: true }) })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await asAdmin("SELECT 1 FROM sender WHERE institution_id = $1 AND is_default AND type = 'email'", [institutionId])).toHaveLength(
      1,
    );
  });
});

describe("status", () => {
  test("pending until the domain is verified, available from then on, pending again when it is lost", async () => {
    const waiting = await addDomain(institutionId, "later.example", "pending");
    const channel = await made(email({ send_from_email: "desk@later.example", email_domain_id: waiting }));
    expect(channel.status).toBe("pending");
    await asAdmin("UPDATE email_domain SET state = 'verified' WHERE id = $1", [waiting]);
    expect((await send("PATCH", { id: channel.id, body: { name: "Looked at" } })).channel.status).toBe("available");
    await asAdmin("UPDATE email_domain SET state = 'failed' WHERE id = $1", [waiting]);
    expect((await send("GET", { id: channel.id })).channel.status).toBe("pending");
  });

  test("pending until somebody has proven the account", async () => {
    await asAdmin("UPDATE sender SET state = 'pending', proven_revision = NULL WHERE id = $1", [firstId]);
    expect((await made()).status).toBe("pending");
  });

  test("a number that was registered and never proven is pending", async () => {
    expect((await made({ name: "Sales SMS", channel_type: "sms", ...(await textAccount("+15551234567", false)) })).status).toBe("pending");
  });

  test("disabled and error are said as such", async () => {
    const { id } = await made();
    await setSenderEnabled(admin, { senderId: id, enabled: false });
    expect((await send("GET", { id })).channel.status).toBe("disabled");
    await asAdmin("UPDATE sender SET state = 'error' WHERE id = $1", [id]);
    expect((await send("GET", { id })).channel.status).toBe("error");
  });

  test("a sender of the console's on its own account is available without a domain", async () => {
    await asAdmin('UPDATE integration SET config = config || \'{"username": "desk@elsewhere.example"}\' WHERE id = $1', [integrationId]);
    await asAdmin("UPDATE sender SET from_address = 'desk@elsewhere.example', email_domain_id = NULL WHERE id = $1", [firstId]);
    expect((await send("GET", { id: firstId })).channel).toMatchObject({ status: "available", email_domain_id: null });
    await asAdmin("UPDATE sender SET from_address = 'other@elsewhere.example' WHERE id = $1", [firstId]);
    expect((await send("GET", { id: firstId })).channel.status).toBe("pending");
  });
});

describe("numbers", () => {
  test("a number that was registered has its channel; another one is answered with that one's id", async () => {
    const { integration_id } = await textAccount("+15550000001");
    const number = await registerNumber(admin, { integrationId: integration_id, number: "+15559876543" });
    const body = {
      name: "By hand",
      channel_type: "sms",
      integration_id,
      phone_number_id: number.id,
      send_from_phone_number: "+15559876543",
    };
    const response = await callVotel("POST", { key, body });
    const { detail } = (await response.json()) as { detail: string };
    expect([response.status, detail.includes(number.sender?.id ?? "?")]).toEqual([409, true]);
    expect(response.headers.get("location")).toBe(`/api/channels/${number.sender?.id}`);
    expect((await send("GET", { id: number.sender?.id ?? "" })).channel).toMatchObject({ phone_number_id: number.id, status: "pending" });
  });

  test("a deleted channel leaves its number, which then has room for another one", async () => {
    const { integration_id } = await textAccount("+15550000001");
    const number = await registerNumber(admin, { integrationId: integration_id, number: "+15559876543" });
    expect((await callVotel("DELETE", { key, id: number.sender?.id ?? "" })).status).toBe(204);
    const body = {
      name: "By hand",
      channel_type: "sms",
      integration_id,
      phone_number_id: number.id,
      send_from_phone_number: "+15559876543",
    };
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await send("POST", { body })).status));
    expect(statuses.sort()).toEqual([201, 409, 409, 409]);
  });

  test("a channel whose number was told to stop is kept, with that wish", async () => {
    const { integration_id } = await textAccount("+15550000001");
    const number = await registerNumber(admin, { integrationId: integration_id, number: "+15559876543" });
    const id = number.sender?.id ?? "";
    await asAdmin("INSERT INTO sms_opt_out (institution_id, sender_id, number, word) VALUES ($1, $2, '+819011112222', 'STOP')", [
      institutionId,
      id,
    ]);
    const response = await callVotel("DELETE", { key, id });
    expect([response.status, await response.json()]).toEqual([409, { detail: expect.stringContaining("+15559876543") }]);
    expect((await send("GET", { id })).status).toBe(200);
  });

  test("a number that lost its sender gets one by registering it again", async () => {
    const { integration_id } = await textAccount("+15550000001");
    const number = await registerNumber(admin, { integrationId: integration_id, number: "+15559876543" });
    await callVotel("DELETE", { key, id: number.sender?.id ?? "" });
    const again = await registerNumber(admin, { integrationId: integration_id, number: "+15559876543" });
    expect([again.id, again.sender?.id]).toEqual([number.id, expect.not.stringContaining(number.sender?.id ?? "?")]);
  });
});

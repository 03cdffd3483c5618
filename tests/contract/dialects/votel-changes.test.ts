import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { makeSender } from "@/tests/support/sender-rows";
import { addSmtp, markProven } from "@/tests/support/senders";
import { addDomain, callVotel, type VotelChannel, type VotelRequest } from "@/tests/support/votel";

let institutionId: string;
let key: string;
let integrationId: string;
let firstId: string;
let domainId: string;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  env().limits.sendersPerInstitution = 200;
  institutionId = await makeInstitution();
  ({ key } = await makeKey(institutionId));
  const first = await addSmtp(await makeMember(institutionId, "admin"));
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
const tag = { "idempotency-key": "11111111-2222-4333-8444-555555555555" };
const send = (method: string, request: VotelRequest = {}) => callVotel(method, { key, ...request });
const made = async (more: object = {}) => (await (await send("POST", { body: email(more) })).json()) as VotelChannel;
const list = async (query = "") => (await (await send("GET", { query })).json()) as VotelChannel[];

describe("list", () => {
  test("a bare array, the newest first, of both kinds and no other", async () => {
    const text = await makeSender(institutionId, { port: 9, type: "sms", isDefault: false });
    const channel = await made();
    await asAdmin(
      `INSERT INTO integration (institution_id, id, name, provider, channel, config) VALUES ($1, '11111111-1111-4111-8111-111111111111', 'Push', 'web_push', 'push', '{}')`,
      [institutionId],
    );
    const push = "22222222-2222-4222-8222-222222222222";
    await asAdmin(
      `INSERT INTO sender (institution_id, id, integration_id, type, name) VALUES ($1, $2, '11111111-1111-4111-8111-111111111111', 'push', 'Push')`,
      [institutionId, push],
    );
    expect((await list()).map(({ id }) => id)).toEqual([channel.id, text, firstId]);
    expect((await list())[0]).toEqual(channel);
    expect((await list("?channel_type=sms")).map(({ id }) => id)).toEqual([text]);
    expect((await list("?channel_type=email&limit=1")).map(({ id }) => id)).toEqual([channel.id]);
    for (const method of ["GET", "PATCH", "DELETE"]) {
      expect((await send(method, { id: push, ...(method === "PATCH" ? { body: {} } : {}) })).status, method).toBe(404);
    }
  });

  test("the Link header leads from page to page, and from the last one nowhere", async () => {
    const all = [firstId];
    for (const name of ["A", "B", "C", "D", "E"]) all.unshift((await made({ name })).id);
    const seen: string[] = [];
    let query: string | null = "?channel_type=email&limit=2";
    while (query !== null) {
      const response: Response = await send("GET", { query });
      seen.push(...((await response.json()) as VotelChannel[]).map(({ id }) => id));
      const next: string | undefined = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1];
      expect(next === undefined || next.startsWith("http://localhost:3000/api/channels?")).toBe(true);
      query = next ? new URL(next).search : null;
      expect(query === null || new URLSearchParams(query).get("channel_type") === "email").toBe(true);
    }
    expect(seen).toEqual(all);
  });

  test.each([
    ["?channel_type=push", "channel_type", "value_error"],
    ["?limit=0", "limit", "greater_than_equal"],
    ["?limit=101", "limit", "less_than_equal"],
    ["?limit=ten", "limit", "value_error"],
    ["?limit=1&limit=2", "limit", "value_error"],
    [`?cursor=${"x".repeat(513)}`, "cursor", "string_too_long"],
  ])("%s is refused at its place", async (query, field, type) => {
    const response = await send("GET", { query });
    expect([response.status, await response.json()]).toEqual([422, { detail: [{ loc: ["query", field], msg: expect.any(String), type }] }]);
  });

  test("a cursor that is none of ours starts at the top; parameters that are not known have no effect", async () => {
    expect(await list("?cursor=bm9uZQ&tenant_id=1")).toHaveLength(1);
  });
});

describe("update", () => {
  test.each([
    [{ name: "Desk" }, { name: "Desk" }],
    [{ is_default: true }, { is_default: true }],
    [{ metadata: { a: [1] } }, { metadata: { a: [1] } }],
    [{ send_from_email: "desk@example.com" }, { send_from_email: "desk@example.com" }],
    [{}, {}],
  ])("%j leaves what it does not name", async (change, expected) => {
    const channel = await made();
    const response = await send("PATCH", { id: channel.id, body: change });
    expect([response.status, await response.json()]).toEqual([200, { ...channel, ...expected }]);
    expect(await (await send("GET", { id: channel.id })).json()).toEqual({ ...channel, ...expected });
  });

  test("what is fixed stays, without a word", async () => {
    const channel = await made();
    const body = { channel_type: "sms", integration_id: "11111111-1111-4111-8111-111111111111", phone_number_id: "x", status: "disabled" };
    expect(await (await send("PATCH", { id: channel.id, body })).json()).toEqual(channel);
  });

  test("an address outside of the domain is refused; with a domain that holds it, it is not", async () => {
    const channel = await made();
    const refused = await send("PATCH", { id: channel.id, body: { send_from_email: "desk@other.example" } });
    expect([refused.status, await refused.json()]).toEqual([
      422,
      { detail: [{ loc: ["body", "send_from_email"], msg: expect.any(String), type: "address_outside_domain" }] },
    ]);
    const other = await addDomain(institutionId, "other.example");
    const body = { send_from_email: "desk@other.example", email_domain_id: other };
    expect(await (await send("PATCH", { id: channel.id, body })).json()).toEqual({ ...channel, ...body });
    const lost = await send("PATCH", { id: channel.id, body: { email_domain_id: domainId } });
    expect(lost.status).toBe(422);
  });

  test("to a domain that is not verified it waits, and goes on sending as it was proven", async () => {
    const channel = await made();
    const email_domain_id = await addDomain(institutionId, "later.example", "pending");
    const response = await send("PATCH", { id: channel.id, body: { send_from_email: "a@later.example", email_domain_id } });
    expect(await response.json()).toMatchObject({ status: "pending" });
    const [row] = await asAdmin(`SELECT proven_config ->> 'fromAddress' AS "from" FROM sender WHERE id = $1`, [channel.id]);
    expect(row).toEqual({ from: "support@example.com" });
  });

  test("the default can be given up, and taken", async () => {
    const [one, two] = [await made({ is_default: true }), await made({ name: "Two" })];
    await send("PATCH", { id: two.id, body: { is_default: true } });
    expect((await list()).map(({ is_default }) => is_default)).toEqual([true, false, false]);
    await send("PATCH", { id: two.id, body: { is_default: false } });
    expect((await list()).map(({ is_default }) => is_default)).toEqual([false, false, false]);
    await Promise.all([one.id, two.id].map((id) => send("PATCH", { id, body: { is_default: true } })));
    expect((await list()).filter(({ is_default }) => is_default)).toHaveLength(1);
  });
});

describe("limits and failures", () => {
  test("R34: of ten at once exactly those are made for whom there is room", async () => {
    env().limits.sendersPerInstitution = 4;
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => send("POST", { body: email({ name: `Desk ${at}` }) })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 422, 422, 422, 422, 422, 422, 422]);
    expect(await list()).toHaveLength(4);
  });

  test("a new default that is refused leaves the old one, and no trace of itself", async () => {
    const { id } = await made({ is_default: true });
    env().limits.sendersPerInstitution = 2;
    const body = email({ name: "Too many", is_default: true });
    expect((await send("POST", { body })).status).toBe(422);
    expect((await list()).map((channel) => [channel.id, channel.is_default])).toEqual([
      [id, true],
      [firstId, false],
    ]);
    const created = await asAdmin("SELECT 1 FROM audit_event WHERE institution_id = $1 AND action = 'sender.created'", [institutionId]);
    expect(created).toHaveLength(2);
  });
});

describe("delete", () => {
  test("answers 204 without a body, and then there is none", async () => {
    const { id } = await made();
    const response = await send("DELETE", { id });
    expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([204, "", null]);
    for (const method of ["GET", "DELETE"]) expect((await send(method, { id })).status).toBe(404);
  });

  test("leaves its account and its domain: the same request makes it again", async () => {
    const { integration } = await addSmtp(await makeMember(institutionId, "admin"), { name: "Elsewhere" });
    const body = { integration_id: integration.id };
    const { id } = await made(body);
    const own = (await list()).filter(({ integration_id }) => integration_id === integration.id);
    for (const channel of own) expect((await send("DELETE", { id: channel.id })).status).toBe(204);
    expect(own.map((channel) => channel.id)).toContain(id);
    expect((await send("POST", { body: email(body) })).status).toBe(201);
  });

  test("the default is kept while there are others", async () => {
    const { id } = await made({ is_default: true });
    const response = await send("DELETE", { id });
    expect([response.status, await response.json()]).toEqual([409, { detail: expect.stringContaining("Front desk") }]);
  });
});

describe("retries", () => {
  test("R54: of 200 requests at once with one key, one makes a channel; the one that differs is refused", async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, at) => {
        const response = await send("POST", { body: email(at === 100 ? { name: "Other" } : {}), headers: tag });
        return {
          at,
          status: response.status,
          replay: response.headers.get("idempotency-replay"),
          said: (await response.json()) as unknown,
        };
      }),
    );
    const rows = (await list()).filter(({ id }) => id !== firstId);
    expect(rows).toHaveLength(1);
    const same = answers.filter(({ at }) => (at === 100) === (rows[0]?.name === "Other"));
    const differing = answers.filter((answer) => !same.includes(answer));
    expect(new Set(differing.map(({ status }) => status))).toEqual(new Set([422]));
    expect(same.filter(({ status, replay }) => status === 201 && replay === null)).toHaveLength(1);
    for (const { status, said } of same) {
      expect(status === 409 ? said : [status, said]).toEqual(status === 409 ? { detail: expect.any(String) } : [201, rows[0]]);
    }
  });

  test("R54: a retry gets the first answer, whatever has become of it", async () => {
    const first = await send("POST", { body: email(), headers: tag });
    const channel = (await first.json()) as VotelChannel;
    await send("PATCH", { id: channel.id, body: { name: "Renamed" } });
    const again = await send("POST", { body: email(), headers: tag });
    expect([again.status, again.headers.get("idempotency-replay"), await again.json()]).toEqual([201, "true", channel]);
  });

  test("R54: a number that has its channel stays so for a retry, with its address", async () => {
    const proven = await makeSender(institutionId, { port: 9, type: "sms", isDefault: false });
    const [{ integration_id = "" } = {}] = await asAdmin<{ integration_id: string }>("SELECT integration_id FROM sender WHERE id = $1", [
      proven,
    ]);
    const phone_number_id = "33333333-3333-4333-8333-333333333333";
    await asAdmin(
      `INSERT INTO phone_number (institution_id, id, number, country, integration_id, origin) VALUES ($1, $2, '+15551234567', 'US', $3, 'bought')`,
      [institutionId, phone_number_id, integration_id],
    );
    await asAdmin("UPDATE sender SET phone_number_id = $2 WHERE id = $1", [proven, phone_number_id]);
    const body = { name: "Again", channel_type: "sms", integration_id, phone_number_id, send_from_phone_number: "+15551234567" };
    const [first, second] = [await send("POST", { body, headers: tag }), await send("POST", { body, headers: tag })];
    expect([first.status, second.status, second.headers.get("idempotency-replay")]).toEqual([409, 409, "true"]);
    expect([await second.json(), second.headers.get("location")]).toEqual([await first.json(), `/api/channels/${proven}`]);
  });
});

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import { createIntegration } from "@/lib/services/integrations/create";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";
import { FORGED, REFUSED_BODIES } from "@/tests/support/refused-bodies";
import { furnish, type Ids, type Institution, leaks, rowsOf, TRACES } from "@/tests/support/two-institutions";
import { callVotel, type VotelChannel, type VotelRequest } from "@/tests/support/votel";

let ours: Institution;
let theirs: Institution;
let key: string;
let number: string;

beforeAll(async () => {
  [ours, theirs] = [await furnish(), await furnish()];
  const [row] = await asAdmin<{ number: string }>("SELECT number FROM phone_number WHERE id = $1", [ours.ids.phoneNumberId]);
  number = row?.number ?? "";
});

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  ({ key } = await makeKey(ours.ids.institutionId));
});

const TEXT = { detail: expect.any(String) };
const list = (loc: string[], type: string) => ({ detail: [{ loc: ["body", ...loc], msg: expect.any(String), type }] });
/** The institution's own domain is post.<mark>.example. */
const email = ({ integrationId, emailDomainId }: Ids) => ({
  name: "Support",
  channel_type: "email",
  integration_id: integrationId,
  send_from_email: `support@post.${ours.marks[0]}.example`,
  email_domain_id: emailDomainId,
});
const sms = ({ textIntegrationId, phoneNumberId }: Ids) => ({
  name: "Texts",
  channel_type: "sms",
  integration_id: textIntegrationId,
  send_from_phone_number: number,
  phone_number_id: phoneNumberId,
});

async function answer(method: string, request: VotelRequest): Promise<[number, unknown]> {
  const response = await callVotel(method, { key, ...request });
  expect(response.headers.get("content-type")).toBe("application/json");
  return [response.status, await response.json()];
}

describe("what does not fit", () => {
  test.each<[string, object, string[], string]>([
    ["no type", { channel_type: undefined }, ["channel_type"], "missing"],
    ["another type", { channel_type: "push" }, ["channel_type"], "value_error"],
    ["no name", { name: undefined }, ["name"], "missing"],
    ["an empty name", { name: "" }, ["name"], "missing"],
    ["a name of 256 characters", { name: "x".repeat(256) }, ["name"], "string_too_long"],
    ["no integration", { integration_id: undefined }, ["integration_id"], "missing"],
    ["an integration that is no UUID", { integration_id: "abc" }, ["integration_id"], "value_error"],
    ["no address", { send_from_email: undefined }, ["send_from_email"], "missing"],
    ["what is no address", { send_from_email: "support" }, ["send_from_email"], "email_at_missing"],
    ["an address with a header", { send_from_email: "a@b.example\r\nBcc: c@d.example" }, ["send_from_email"], "email_control_character"],
    ["no domain", { email_domain_id: undefined }, ["email_domain_id"], "missing"],
    ["an address elsewhere", { send_from_email: "support@elsewhere.example" }, ["send_from_email"], "address_outside_domain"],
    ["a text for a truth value", { is_default: "true" }, ["is_default"], "value_error"],
    ["a list for metadata", { metadata: [] }, ["metadata"], "value_error"],
    ["no metadata", { metadata: null }, ["metadata"], "missing"],
    ["16 KiB and a byte of metadata", { metadata: { text: "x".repeat(16_384 - 10) } }, ["metadata"], "metadata_size"],
    ["16 KiB of metadata in characters, not bytes", { metadata: { text: "é".repeat(8200) } }, ["metadata"], "metadata_size"],
  ])("%s", async (_name, more, loc, type) => {
    const before = await rowsOf(ours, TRACES);
    expect(await answer("POST", { body: { ...email(ours.ids), ...more } })).toEqual([422, list(loc, type)]);
    expect(await rowsOf(ours, TRACES)).toBe(before);
  });

  test("an address that only ends like the domain is not in it", async () => {
    for (const send_from_email of [`a@xpost.${ours.marks[0]}.example`, `a@post.${ours.marks[0]}.example.evil.example`]) {
      expect((await answer("POST", { body: { ...email(ours.ids), send_from_email } }))[0]).toBe(422);
    }
  });

  test("everything that is missing is said at once", async () => {
    const [status, said] = await answer("POST", { body: { channel_type: "sms" } });
    const places = (said as { detail: Array<{ loc: string[] }> }).detail.map(({ loc }) => loc[1]);
    expect([status, places]).toEqual([422, ["name", "integration_id", "send_from_phone_number", "phone_number_id"]]);
  });

  test("an account whose provider is only kept here, and sends nothing", async () => {
    const { id } = await createIntegration(ours.people.owner, { provider: "sendgrid", name: "Elsewhere", config: { apiKey: "SG.x" } });
    const refused = [422, list(["integration_id"], "integration_not_delivering")];
    expect(await answer("POST", { body: { ...email(ours.ids), integration_id: id } })).toEqual(refused);
  });

  test("an account of the wrong kind, a number that is another, and one of another account", async () => {
    const { integrationId, textIntegrationId, emailDomainId } = ours.ids;
    const wrong = { ...email(ours.ids), integration_id: textIntegrationId, email_domain_id: emailDomainId };
    expect(await answer("POST", { body: wrong })).toEqual([422, list(["integration_id"], "integration_kind")]);
    const other = { ...sms(ours.ids), send_from_phone_number: "+15551234567" };
    expect(await answer("POST", { body: other })).toEqual([422, list(["send_from_phone_number"], "number_differs")]);
    const elsewhere = { ...sms(ours.ids), integration_id: integrationId };
    expect(await answer("POST", { body: elsewhere })).toEqual([422, list(["integration_id"], "integration_not_of_number")]);
  });

  test.each(REFUSED_BODIES)("R42: %s is refused in the API's own shape", async (_name, body, type, status) => {
    const before = await rowsOf(ours, TRACES);
    const said = await answer("POST", { body, headers: { "content-type": type } });
    expect(said).toEqual([status, status === 422 ? { detail: expect.any(Array) } : TEXT]);
    expect(await rowsOf(ours, TRACES)).toBe(before);
  });

  test("R60: what only the server knows has no effect", async () => {
    const { id: _id, ...forged } = FORGED;
    const body = { ...email(ours.ids), ...FORGED, state: "active", bound: false, proven_revision: 1 };
    const response = await callVotel("POST", { key, body });
    const channel = (await response.json()) as VotelChannel;
    expect([response.status, channel.id === FORGED.id, channel.tenant_id]).toEqual([201, false, ours.ids.institutionId]);
    // its domain is not verified, and nobody has proven its account
    expect(channel.status).toBe("pending");
    expect(new Date(channel.created_at).getFullYear()).toBeGreaterThan(2024);
    expect(await answer("PATCH", { id: channel.id, body: forged })).toEqual([200, channel]);
  });
});

describe("who may", () => {
  test.each([
    ["a person's key", () => makeKey(ours.ids.institutionId, { userId: ours.ids.userId }), 403],
    ["a public key", () => makeKey(ours.ids.institutionId, { kind: "public" }), 401],
    ["one that is over", () => makeKey(ours.ids.institutionId, { expiresAt: new Date(Date.now() - 1000) }), 401],
    ["one for contact points alone", () => makeKey(ours.ids.institutionId, { scopes: ["contact_points:write"] }), 403],
  ])("%s", async (_name, make, status) => {
    const { key: presented } = await make();
    expect(await answer("GET", { key: presented })).toEqual([status, TEXT]);
    expect(await answer("POST", { key: presented, body: email(ours.ids) })).toEqual([status, TEXT]);
  });

  test.each(["", "letmein", `sk_${"a".repeat(49)}`])("%j is nobody's key", async (presented) => {
    const response = await callVotel("GET", { headers: { "x-api-key": presented } });
    expect([response.status, await response.json()]).toEqual([401, TEXT]);
  });

  test("a key that may read does not write", async () => {
    const { key: reader } = await makeKey(ours.ids.institutionId, { scopes: ["senders:read"] });
    const before = await rowsOf(ours, TRACES);
    expect((await answer("GET", { key: reader }))[0]).toBe(200);
    for (const [method, request] of writes(ours.ids)) {
      expect((await answer(method, { key: reader, ...request }))[0], method).toBe(403);
    }
    expect(await rowsOf(ours, TRACES)).toBe(before);
  });

  test("R61: another institution's channels, accounts, domains and numbers are unknown ones", async () => {
    const before = [await rowsOf(theirs), await rowsOf(ours, TRACES)];
    const unknown = {
      ...ours.ids,
      senderId: newId(),
      integrationId: newId(),
      textIntegrationId: newId(),
      emailDomainId: newId(),
      phoneNumberId: newId(),
    };
    const only = (name: keyof Ids, from: Ids) => ({ ...ours.ids, [name]: from[name] });
    const calls: Array<(from: Ids) => [string, VotelRequest]> = [
      ({ senderId }) => ["GET", { id: senderId }],
      ({ senderId }) => ["DELETE", { id: senderId }],
      ({ senderId }) => ["PATCH", { id: senderId, body: { name: "Ours now", is_default: true } }],
      ({ emailDomainId }) => ["PATCH", { id: ours.ids.senderId, body: { email_domain_id: emailDomainId } }],
      (from) => ["POST", { body: { ...email(only("integrationId", from)), is_default: true } }],
      (from) => ["POST", { body: email(only("emailDomainId", from)) }],
      (from) => ["POST", { body: sms(only("textIntegrationId", from)) }],
      (from) => ["POST", { body: sms(only("phoneNumberId", from)) }],
    ];
    for (const call of calls) {
      const [asUnknown, asForeign] = [await answer(...call(unknown)), await answer(...call(theirs.ids))];
      expect([asForeign[0], asForeign], JSON.stringify(call(theirs.ids))).toEqual([404, asUnknown]);
      expect(leaks(theirs, JSON.stringify(asForeign))).toEqual([]);
    }
    const listed = JSON.stringify(await answer("GET", {}));
    expect([leaks(theirs, listed), listed.includes(ours.ids.senderId)]).toEqual([[], true]);
    expect([await rowsOf(theirs), await rowsOf(ours, TRACES)]).toEqual(before);
  });

  test("R61: another institution's cursor leads nowhere but through one's own", async () => {
    const { key: others } = await makeKey(theirs.ids.institutionId);
    const link = (await callVotel("GET", { key: others, query: "?limit=1" })).headers.get("link") ?? "";
    const query = new URL(link.slice(1, link.indexOf(">"))).search;
    expect(leaks(theirs, JSON.stringify(await answer("GET", { query })))).toEqual([]);
  });

  test.each(["abc", "00000000-0000-0000-0000-000000000000", "' OR 1=1"])("%j is nobody's id", async (id) => {
    expect(await answer("GET", { id })).toEqual([404, TEXT]);
  });
});

describe("limits, paths and methods", () => {
  test("R34: more senders than an institution may have are refused", async () => {
    const rest = env().limits.sendersPerInstitution;
    env().limits.sendersPerInstitution = 1;
    const found = await answer("POST", { body: email(ours.ids) });
    env().limits.sendersPerInstitution = rest;
    expect(found).toEqual([422, list([], "limit_exceeded")]);
  });

  test("R33: over its pace a key is told when to come back", async () => {
    env().limits.requestsPerCredential = { perMinute: 60, burst: 1 };
    const { key: hasty } = await makeKey(ours.ids.institutionId);
    await callVotel("GET", { key: hasty });
    const response = await callVotel("GET", { key: hasty });
    expect([response.status, await response.json(), response.headers.get("retry-after")]).toEqual([429, TEXT, "1"]);
  });

  test.each([
    ["PUT", {}, "GET, HEAD, POST, OPTIONS"],
    ["DELETE", {}, "GET, HEAD, POST, OPTIONS"],
    ["POST", { id: newId() }, "GET, HEAD, PATCH, DELETE, OPTIONS"],
  ])("R59: %s %j names what is there", async (method, request, allow) => {
    const response = await callVotel(method, { key, ...request });
    expect([response.status, await response.json(), response.headers.get("allow")]).toEqual([405, TEXT, allow]);
  });

  test("a path below that is not there", async () => {
    const file = "(dialects)/(votel)/api/channels/[...rest]/route.ts";
    const response = await callProgram({ file, method: "GET", path: "/api/channels/x/y" });
    expect([response.status, await response.json()]).toEqual([404, TEXT]);
  });

  test("no secret of an account stands in any answer", async () => {
    await asAdmin(
      'UPDATE integration SET config = config || \'{"username": "hidden-name"}\', secret_facts = \'{"password": {"at": "x", "byId": null}}\' WHERE id = $1',
      [ours.ids.integrationId],
    );
    const said = JSON.stringify([await answer("GET", {}), await answer("GET", { id: ours.ids.senderId })]);
    expect(said).not.toMatch(/hidden-name|password|smtp\./);
  });
});

function writes(ids: Ids): Array<[string, VotelRequest]> {
  return [
    ["POST", { body: email(ids) }],
    ["PATCH", { id: ids.senderId, body: { name: "x" } }],
    ["DELETE", { id: ids.senderId }],
  ];
}

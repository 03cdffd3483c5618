import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DiagnosisEvent } from "@/lib/channels/diagnosis";
import type { CheckOptions, InboundRequest } from "@/lib/channels/providers/define";
import { vonage } from "@/lib/channels/providers/vonage";
import type { Fault } from "@/tests/support/vendors/fake-api";
import { type FakeVonage, signLikeVonage, startVonage, tokenLikeVonage } from "@/tests/support/vendors/vonage";

const OWN = "+447700900000";
const TEXT = {
  from: OWN,
  to: "+819012345678",
  text: "Your code is 012345",
  reference: "0b5ff5a1-7a43-4f0c-9a53-64ad6f0b2d11@reachable.example",
};
const HOOK = "https://reachable.example/hooks/vonage/7";

let fake: FakeVonage;

beforeEach(async () => {
  fake = await startVonage();
  fake.owned.set("447700900000", "");
});
afterEach(() => fake.api.stop());

const send = (text = TEXT) => vonage.open(fake.config, fake.api.reach).sendText?.(text);

async function check(options: Partial<CheckOptions> = {}, config: FakeVonage["config"] = fake.config) {
  const events: DiagnosisEvent[] = [];
  for await (const event of vonage.check(config, { reach: fake.api.reach, ...options })) events.push(event);
  const last = events.at(-1);
  if (last?.type !== "result") throw new Error("no result");
  return { ...last.result, steps: last.result.steps.map((step) => `${step.id} ${step.result}`) };
}

describe("sending", () => {
  test("hands text, number and sender over with our reference, without a plus", async () => {
    expect(await send()).toMatchObject({ outcome: "sent", providerReference: expect.stringMatching(/^[\dA-F]{16}$/) });
    expect(fake.sent).toEqual([
      { to: "819012345678", from: "447700900000", text: TEXT.text, type: "text", reference: "0b5ff5a1-7a43-4f0c-9a53-64ad6f0b2d11" },
    ]);
  });

  test("R47: keeps what a server of the institution's own says printable and short", async () => {
    fake.api.fault = { status: 200, body: { messages: [{ status: "0", "message-id": `a\u0000${"b".repeat(1000)}` }] } };
    expect(await send()).toEqual({ outcome: "sent", providerReference: `a ${"b".repeat(198)}` });
    fake.api.fault = { status: 200, body: { numbers: [{ msisdn: "1\u0000" }, { msisdn: "447700900001", cost: "1\u0000" }] } };
    expect(await vonage.numbers?.search(fake.config, { country: "GB", limit: 5 }, fake.api.reach)).toMatchObject([
      { number: "+447700900001", monthlyPrice: "1" },
    ]);
  });

  test("says when a text needs more than the plain alphabet", async () => {
    await send({ ...TEXT, from: "Lakeside", text: "確認コード 012345" });
    expect(fake.sent).toMatchObject([{ from: "Lakeside", type: "unicode", text: "確認コード 012345" }]);
  });

  test("keeps the secret out of every address", async () => {
    await send();
    await check({ from: OWN });
    for (const { path, query } of fake.api.calls) expect(`${path}?${query}`).not.toContain(fake.config.apiSecret);
  });

  test.each([
    ["1", { outcome: "temporary", reason: "temporary" }],
    ["2", { outcome: "refused", reason: "rejected" }],
    ["4", { outcome: "refused", reason: "auth_failed" }],
    ["5", { outcome: "temporary", reason: "temporary" }],
    ["7", { outcome: "refused", reason: "recipient_rejected" }],
    ["8", { outcome: "refused", reason: "auth_failed" }],
    ["9", { outcome: "temporary", reason: "temporary" }],
    ["15", { outcome: "refused", reason: "sender_rejected" }],
    ["29", { outcome: "refused", reason: "rejected" }],
    ["33", { outcome: "refused", reason: "recipient_rejected" }],
    ["999", { outcome: "refused", reason: "rejected" }],
  ])("R71: status %s is told apart", async (status, expected) => {
    fake.statuses.set("819012345678", [status]);
    expect(await send()).toEqual(expected);
  });

  test("R70: of a long text with one part refused nobody says that it did not go out", async () => {
    fake.statuses.set("819012345678", ["0", "1"]);
    expect(await send()).toEqual({ outcome: "unknown", reason: "unknown_outcome" });
    fake.statuses.set("819012345678", ["0", "0"]);
    expect(await send()).toMatchObject({ outcome: "sent" });
    fake.statuses.set("819012345678", ["1", "1"]);
    expect(await send()).toEqual({ outcome: "temporary", reason: "temporary" });
  });

  test.each<[Fault, object]>([
    [
      { status: 200, body: "thanks" },
      { outcome: "unknown", reason: "unknown_outcome" },
    ],
    [
      { status: 200, body: { messages: [] } },
      { outcome: "unknown", reason: "unknown_outcome" },
    ],
    [{ status: 401 }, { outcome: "refused", reason: "auth_failed", httpStatus: 401 }],
    [{ status: 429 }, { outcome: "temporary", reason: "temporary", httpStatus: 429 }],
    [
      { status: 307, headers: { location: "/elsewhere" } },
      { outcome: "refused", reason: "rejected", httpStatus: 307 },
    ],
    ["drop-before", { outcome: "unknown", reason: "unknown_outcome" }],
    ["drop-after", { outcome: "unknown", reason: "unknown_outcome" }],
  ])("R70: %j is neither called sent nor lost without knowing", async (fault, expected) => {
    fake.api.fault = fault;
    expect(await send()).toEqual(expected);
    expect(fake.api.calls).toHaveLength(1);
  });
});

describe("the test", () => {
  test("asks for the account's numbers, and sends nothing unless asked", async () => {
    expect(await check({ from: OWN, to: TEXT.to })).toMatchObject({ verdict: "ok", steps: ["request ok", "auth ok", "mail_from ok"] });
    expect(fake.sent).toEqual([]);
    expect(await check({ from: OWN, to: TEXT.to, send: true })).toMatchObject({ verdict: "ok" });
    expect(fake.sent).toHaveLength(1);
  });

  test("takes an account without numbers, for names as senders", async () => {
    fake.owned.clear();
    expect(await check({ from: "Lakeside" })).toMatchObject({ verdict: "ok" });
  });

  test("knows a wrong secret, and a number of somebody else", async () => {
    const wrong = { verdict: "failed", problem: "credentials_refused", steps: ["request ok", "auth failed"] };
    expect(await check({}, { ...fake.config, apiSecret: "wrong" })).toMatchObject(wrong);
    expect(await check({ from: "+447700900999" })).toMatchObject({ verdict: "failed", problem: "number_not_owned" });
    // a number that only begins alike
    expect(await check({ from: "+44770090000" })).toMatchObject({ verdict: "failed", problem: "number_not_owned" });
  });
});

describe("numbers", () => {
  const numbers = vonage.numbers as NonNullable<typeof vonage.numbers>;
  const buy = (number: string) => numbers.buy(fake.config, number, { webhookUrl: HOOK, reference: "r" }, fake.api.reach);

  test("are found by country and digits, with their price", async () => {
    fake.available = ["447700900111", "447700900222"];
    const offers = await numbers.search(fake.config, { country: "GB", contains: "222", limit: 5 }, fake.api.reach);
    expect(offers).toEqual([{ number: "+447700900222", locality: null, monthlyPrice: "1.25", currency: "EUR" }]);
    fake.available = [];
    expect(await numbers.search(fake.config, { country: "GB", limit: 5 }, fake.api.reach)).toEqual([]);
  });

  test("are bought, and send what comes in to us", async () => {
    fake.available = ["447400123456"];
    expect(await buy("+447400123456")).toEqual({ number: "+447400123456", providerReference: "447400123456", webhookSet: true });
    expect(fake.owned.get("447400123456")).toBe(HOOK);
  });

  test("that are ours already are not bought twice, and those of another use of the account not at all", async () => {
    fake.owned.set("447400123456", "");
    expect(await buy("+447400123456")).toMatchObject({ webhookSet: true });
    expect(await buy("+447400123456")).toMatchObject({ webhookSet: true });
    fake.owned.set("447400123456", "https://elsewhere.example/");
    await expect(buy("+447400123456")).rejects.toMatchObject({ reason: "not_available" });
    expect(fake.owned.get("447400123456")).toBe("https://elsewhere.example/");
  });

  test("stay bought when the address for incoming texts is not taken, and say so", async () => {
    fake.available = ["447400123456"];
    fake.refusesWebhooks = true;
    expect(await buy("+447400123456")).toMatchObject({ number: "+447400123456", webhookSet: false });
  });

  test("that are gone, too dear, or out of reach are told apart", async () => {
    await expect(buy("+447400123457")).rejects.toMatchObject({ reason: "not_available" });
    await expect(buy("+99")).rejects.toMatchObject({ reason: "not_available" });
    fake.broke = true;
    await expect(buy("+447400123457")).rejects.toMatchObject({ reason: "insufficient_funds" });
    fake.api.fault = "drop-before";
    await expect(buy("+447400123457")).rejects.toMatchObject({ reason: "unreachable" });
    fake.api.fault = { status: 401 };
    await expect(buy("+447400123457")).rejects.toMatchObject({ reason: "credentials_refused" });
  });
});

describe("a text that comes in", () => {
  const read = async (request: Request, changes: Partial<InboundRequest> = {}, config: FakeVonage["config"] = fake.config) => {
    const given = { url: request.url, method: request.method, headers: request.headers, body: await request.text(), ...changes };
    return vonage.numbers?.readInbound(config, given);
  };
  const text = { from: TEXT.to, to: OWN, text: "STOP a&b=c 停止", id: "0A01" };
  const said = { from: TEXT.to, to: OWN, text: "STOP a&b=c 停止", providerReference: "0A01" };

  test.each(["sha256", "sha512"] as const)("is read with a signature by %s, as form, JSON or query", async (method) => {
    fake.config.signatureMethod = method;
    for (const format of ["form", "json", "query"] as const) expect(await read(fake.inbound(HOOK, text, format)), format).toEqual(said);
  });

  test("is read with a signed token", async () => {
    fake.config.signatureMethod = "jwt";
    for (const format of ["form", "json"] as const) expect(await read(fake.inbound(HOOK, text, format)), format).toEqual(said);
  });

  test("is read in the names of the Messages API", async () => {
    fake.config.signatureMethod = "jwt";
    const body = JSON.stringify({
      from: "819012345678",
      to: "447700900000",
      message_uuid: "u-1",
      text: "STOP",
      sms: { num_messages: "1" },
    });
    const { signatureSecret, apiKey } = fake.config;
    const headers = new Headers({
      "content-type": "application/json",
      authorization: `Bearer ${tokenLikeVonage(signatureSecret, apiKey, body)}`,
    });
    const given = await read(fake.inbound(HOOK, text), { body, headers });
    expect(given).toEqual({ from: TEXT.to, to: OWN, text: "STOP", providerReference: "u-1" });
  });

  test("is refused in every forged form of signature", async () => {
    const body = await fake.inbound(HOOK, text).text();
    const fields = Object.fromEntries(new URLSearchParams(body));
    const { sig: _, ...unsigned } = fields;
    const signed = (secret: string, changes: Record<string, string> = {}, method: "sha256" | "sha512" = "sha256") => {
      const all = { ...unsigned, ...changes };
      return new URLSearchParams({ ...all, sig: signLikeVonage(secret, method, all) }).toString();
    };
    const now = Math.floor(Date.now() / 1000);
    const secret = fake.config.signatureSecret;
    const forged = [
      body.replace("STOP", "START"),
      `${body}&text=START`,
      new URLSearchParams(unsigned).toString(),
      new URLSearchParams({ ...fields, sig: "" }).toString(),
      new URLSearchParams({ ...fields, sig: "zz" }).toString(),
      signed("another secret"),
      signed(secret, {}, "sha512"),
      signed(secret, { timestamp: String(now - 25 * 3600) }),
      signed(secret, { timestamp: String(now + 3600) }),
      signed(secret, { timestamp: "soon" }),
      signed(secret, { "api-key": "somebody" }),
      signed(secret, { msisdn: "STOP" }),
      "",
    ];
    expect(await read(fake.inbound(HOOK, text), { body: signed(secret) })).toEqual(said);
    for (const each of forged) expect(await read(fake.inbound(HOOK, text), { body: each }), each).toBeNull();
    expect(await read(fake.inbound(HOOK, text), { method: "PUT" })).toBeNull();
    expect(await read(fake.inbound(HOOK, text), {}, { ...fake.config, signatureSecret: "" })).toBeNull();
  });

  test("R53: is refused with every forged token", async () => {
    fake.config.signatureMethod = "jwt";
    const { signatureSecret: secret, apiKey } = fake.config;
    const body = await fake.inbound(HOOK, text).text();
    const token = tokenLikeVonage(secret, apiKey, body);
    const [head = "", payload = ""] = token.split(".");
    const now = Math.floor(Date.now() / 1000);
    const changed = (claims: object, alg?: string) => tokenLikeVonage(secret, apiKey, body, { claims, ...(alg ? { alg } : {}) });
    const forged = [
      "",
      `${head}.${payload}.`,
      `${head}.${payload}`,
      `${token}x`,
      tokenLikeVonage("another secret", apiKey, body),
      tokenLikeVonage(secret, "somebody", body),
      tokenLikeVonage(secret, apiKey, `${body}x`),
      ...["none", "None", "HS512", "RS256"].map((alg) => changed({}, alg)),
      changed({ payload_hash: undefined }),
      changed({ payload_hash: "" }),
      changed({ iat: undefined }),
      changed({ iat: now - 25 * 3600 }),
      changed({ iat: now + 3600 }),
      changed({ iat: "1e20" }),
    ];
    const headers = (value: string) => new Headers(value ? { authorization: `Bearer ${value}` } : {});
    expect(await read(fake.inbound(HOOK, text), { body, headers: headers(token) })).toEqual(said);
    for (const each of forged) expect(await read(fake.inbound(HOOK, text), { body, headers: headers(each) }), each).toBeNull();
    // A signature of the other kind is none.
    fake.config.signatureMethod = "sha256";
    expect(await read(fake.inbound(HOOK, text), {}, { ...fake.config, signatureMethod: "jwt" })).toBeNull();
  });
});

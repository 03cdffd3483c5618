import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DiagnosisEvent } from "@/lib/channels/diagnosis";
import type { CheckOptions, InboundRequest } from "@/lib/channels/providers/define";
import { twilio } from "@/lib/channels/providers/twilio";
import type { Fault } from "@/tests/support/vendors/fake-api";
import { type FakeTwilio, signLikeTwilio, startTwilio } from "@/tests/support/vendors/twilio";

const OWN = "+14155550100";
const TEXT = { from: OWN, to: "+819012345678", text: "確認コード 012345 & more=1", reference: "r-1@reachable.example" };
const HOOK = "https://reachable.example/hooks/twilio/7";

let fake: FakeTwilio;

beforeEach(async () => {
  fake = await startTwilio();
  fake.owned.set(OWN, "");
});
afterEach(() => fake.api.stop());

const send = (text = TEXT) => twilio.open(fake.config, fake.api.reach).sendText?.(text);

async function check(options: Partial<CheckOptions> = {}, config = fake.config) {
  const events: DiagnosisEvent[] = [];
  for await (const event of twilio.check(config, { reach: fake.api.reach, ...options })) events.push(event);
  const last = events.at(-1);
  if (last?.type !== "result") throw new Error("no result");
  return { ...last.result, steps: last.result.steps.map((step) => `${step.id} ${step.result}`), all: last.result.steps };
}

describe("sending", () => {
  test("hands text, number and sender over, and keeps Twilio's own number for it", async () => {
    expect(await send()).toEqual({ outcome: "sent", providerReference: fake.sent[0]?.sid });
    expect(fake.sent).toMatchObject([{ to: TEXT.to, from: OWN, body: TEXT.text }]);
  });

  test.each([
    ["a number that is none", 21211, { outcome: "refused", reason: "recipient_rejected" }],
    ["a line that takes no texts", 21614, { outcome: "refused", reason: "recipient_rejected" }],
    ["a trial account's unverified number", 21608, { outcome: "refused", reason: "rejected" }],
    ["somebody who opted out there", 21610, { outcome: "refused", reason: "rejected" }],
    ["a country that is switched off", 21408, { outcome: "refused", reason: "rejected" }],
    ["a full queue", 21611, { outcome: "temporary", reason: "temporary" }],
    ["an unknown code", 29999, { outcome: "refused", reason: "rejected" }],
  ])("R71: %s (%i) is told apart: only the first two are the contact point's own fault", async (_, code, expected) => {
    fake.refused.set(TEXT.to, code);
    expect(await send()).toEqual({ ...expected, httpStatus: 400 });
    expect(fake.sent).toEqual([]);
  });

  test("R71: a sender's number of somebody else is the sender's fault", async () => {
    expect(await send({ ...TEXT, from: "+14155550999" })).toEqual({ outcome: "refused", reason: "sender_rejected", httpStatus: 400 });
  });

  test("R71: a wrong token is a refused authentication", async () => {
    const outlet = twilio.open({ ...fake.config, authToken: "wrong" }, fake.api.reach);
    expect(await outlet.sendText?.(TEXT)).toEqual({ outcome: "refused", reason: "auth_failed", httpStatus: 401 });
  });

  test.each<[Fault, object]>([
    [
      { status: 429, body: { code: 20429 } },
      { outcome: "temporary", reason: "temporary", httpStatus: 429 },
    ],
    [
      { status: 503, body: "busy" },
      { outcome: "temporary", reason: "temporary", httpStatus: 503 },
    ],
    [{ status: 504 }, { outcome: "unknown", reason: "unknown_outcome", httpStatus: 504 }],
    [
      { status: 302, headers: { location: "/elsewhere" } },
      { outcome: "refused", reason: "rejected", httpStatus: 302 },
    ],
    [
      { status: 500, body: { code: 21211 } },
      { outcome: "temporary", reason: "temporary", httpStatus: 500 },
    ],
    [{ status: 201, body: "thanks" }, { outcome: "sent" }],
    ["drop-before", { outcome: "unknown", reason: "unknown_outcome" }],
    ["drop-after", { outcome: "unknown", reason: "unknown_outcome" }],
  ])("R70: %j is neither called sent nor lost without knowing", async (fault, expected) => {
    fake.api.fault = fault;
    expect(await send()).toEqual(expected);
    expect(fake.api.calls).toHaveLength(1);
  });
});

describe("the test", () => {
  test("asks for the account and its number, and sends nothing", async () => {
    expect(await check({ from: OWN, to: TEXT.to })).toMatchObject({ verdict: "ok", steps: ["request ok", "auth ok", "mail_from ok"] });
    expect(fake.api.calls.map(({ method }) => method)).toEqual(["GET", "GET"]);
    expect(fake.sent).toEqual([]);
  });

  test("R32: one real text goes out, only if asked for", async () => {
    expect(await check({ from: OWN, to: TEXT.to, send: true })).toMatchObject({ verdict: "ok", problem: null });
    expect(fake.sent).toMatchObject([{ from: OWN, to: TEXT.to }]);
  });

  test("knows a wrong token, another account, a suspended one, and a number of somebody else", async () => {
    const wrong = { verdict: "failed", problem: "credentials_refused", steps: ["request ok", "auth failed"] };
    expect(await check({}, { ...fake.config, authToken: "wrong" })).toMatchObject(wrong);
    fake.status = "suspended";
    expect(await check({ from: OWN })).toMatchObject({ verdict: "failed", problem: "account_not_active" });
    fake.status = "active";
    expect(await check({ from: "+14155550999", to: TEXT.to, send: true })).toMatchObject({
      verdict: "failed",
      problem: "number_not_owned",
    });
    expect(fake.sent).toEqual([]);
  });

  test("leaves a name as sender to the countries that it sends to", async () => {
    expect(await check({ from: "Lakeside" })).toMatchObject({ verdict: "ok", steps: ["request ok", "auth ok", "mail_from skipped"] });
  });

  test.each<[Fault, string, string]>([
    [{ status: 429 }, "temporary", "temporary"],
    [{ status: 503 }, "temporary", "temporary"],
    [{ status: 200, body: "<html>" }, "failed", "unexpected_answer"],
    [{ status: 301, headers: { location: "https://elsewhere.example" } }, "failed", "unexpected_answer"],
    ["drop-before", "temporary", "provider_unreachable"],
  ])("names what came in place of an account: %j", async (fault, verdict, problem) => {
    fake.api.fault = fault;
    expect(await check()).toMatchObject({ verdict, problem });
  });

  test("R46: what did not answer takes whole seconds", async () => {
    fake.api.fault = "drop-before";
    const { all, totalMs } = await check();
    expect(all[0]?.ms).toBe(1000);
    expect(totalMs).toBeGreaterThanOrEqual(990);
  });
});

describe("numbers", () => {
  const numbers = twilio.numbers as NonNullable<typeof twilio.numbers>;
  const buy = (number: string) => numbers.buy(fake.config, number, { webhookUrl: HOOK, reference: "r" }, fake.api.reach);

  test("are found by country and digits", async () => {
    fake.available = ["+14155550111", "+14155550122", "+14155550123"];
    const offers = await numbers.search(fake.config, { country: "US", contains: "(099)", limit: 5 }, fake.api.reach);
    expect(offers).toEqual([]);
    const found = await numbers.search(fake.config, { country: "US", contains: "55 012", limit: 1 }, fake.api.reach);
    expect(found).toEqual([{ number: "+14155550122", locality: "Springfield", monthlyPrice: null, currency: null }]);
  });

  test("are bought with the address for incoming texts", async () => {
    fake.available = ["+14155550111"];
    expect(await buy("+14155550111")).toMatchObject({ number: "+14155550111", webhookSet: true });
    expect(fake.owned.get("+14155550111")).toBe(HOOK);
    // somebody asks again, having heard nothing: it is ours, and not bought twice
    expect(await buy("+14155550111")).toMatchObject({ number: "+14155550111", webhookSet: true });
    expect(fake.api.calls.filter(({ method }) => method === "POST")).toHaveLength(2);
  });

  test("that are gone, and accounts that may not, are told apart", async () => {
    await expect(buy("+14155550199")).rejects.toMatchObject({ reason: "not_available" });
    await expect(buy(OWN)).rejects.toMatchObject({ reason: "not_available" });
    fake.api.fault = { status: 402 };
    await expect(buy("+14155550199")).rejects.toMatchObject({ reason: "insufficient_funds" });
    fake.api.fault = "drop-before";
    await expect(buy("+14155550199")).rejects.toMatchObject({ reason: "unreachable" });
    fake.api.fault = { status: 401 };
    await expect(buy("+14155550199")).rejects.toMatchObject({ reason: "credentials_refused" });
    await expect(numbers.search(fake.config, { country: "US", limit: 1 }, fake.api.reach)).rejects.toMatchObject({
      reason: "credentials_refused",
    });
  });
});

describe("a text that comes in", () => {
  const read = async (request: Request, changes: Partial<InboundRequest> = {}, config = fake.config) => {
    const given = { url: request.url, method: request.method, headers: request.headers, body: await request.text(), ...changes };
    return twilio.numbers?.readInbound(config, given);
  };
  const stop = (url = HOOK) => fake.inbound(url, { from: TEXT.to, to: OWN, text: "STOP 停止", sid: "SM1" });

  test("is read when Twilio signed it", async () => {
    expect(await read(stop())).toEqual({ from: TEXT.to, to: OWN, text: "STOP 停止", providerReference: "SM1" });
  });

  test("is the documented signature: its own example", () => {
    const fields = { CallSid: "CA1234567890ABCDE", Caller: "+12349013030", Digits: "1234", From: "+12349013030", To: "+18005551212" };
    expect(signLikeTwilio("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", fields)).toBe("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
  });

  test("is read whether or not the standard port was signed", async () => {
    expect(
      await read(stop("https://reachable.example/hooks/twilio/7"), { url: "https://reachable.example:443/hooks/twilio/7" }),
    ).not.toBeNull();
    const fields = { MessageSid: "SM1", AccountSid: fake.config.accountSid, From: TEXT.to, To: OWN, Body: "STOP" };
    const signature = signLikeTwilio(fake.config.authToken, "https://reachable.example:443/hooks/twilio/7", fields);
    const headers = new Headers({ "x-twilio-signature": signature });
    expect(await read(stop(), { headers, body: new URLSearchParams(fields).toString() })).not.toBeNull();
  });

  test("with more fields than any text has is not even looked at, signed or not", async () => {
    const fields = { MessageSid: "SM1", AccountSid: fake.config.accountSid, From: TEXT.to, To: OWN, Body: "STOP" };
    const filled = (count: number) => ({ ...fields, ...Object.fromEntries(Array.from({ length: count - 5 }, (_, n) => [`x${n}`, "1"])) });
    const posted = (given: Record<string, string>) => ({
      headers: new Headers({ "x-twilio-signature": signLikeTwilio(fake.config.authToken, HOOK, given) }),
      body: new URLSearchParams(given).toString(),
    });
    expect(await read(stop(), posted(filled(500)))).not.toBeNull();
    expect(await read(stop(), posted(filled(501)))).toBeNull();
  });

  test("is refused in every forged form", async () => {
    const body = await stop().text();
    const signature = (value: string) => ({ headers: new Headers(value === "" ? {} : { "x-twilio-signature": value }) });
    const forgeries: Array<[Partial<InboundRequest>, (typeof fake)["config"]?]> = [
      [signature("")],
      [signature("x")],
      [signature(signLikeTwilio("another token", HOOK, Object.fromEntries(new URLSearchParams(body))))],
      [signature(signLikeTwilio("", HOOK, Object.fromEntries(new URLSearchParams(body))))],
      [{ url: "https://reachable.example/hooks/twilio/8" }],
      [{ url: "http://reachable.example/hooks/twilio/7" }],
      [{ url: `${HOOK}?x=1` }],
      [{ url: "nowhere" }],
      [{ method: "GET" }],
      [{ body: body.replace("STOP", "START") }],
      [{ body: `${body}&From=%2B1` }],
      [{ body: "" }],
      [{}, { ...fake.config, authToken: "another token" }],
      [{}, { ...fake.config, accountSid: `AC${"0".repeat(32)}` }],
    ];
    for (const [changes, config] of forgeries) expect(await read(stop(), changes, config), JSON.stringify(changes)).toBeNull();
  });
});

describe("what an institution's own server says in Twilio's place", () => {
  const foul = `a\u0000\u001b[31m${"b".repeat(1000)}`;
  const clean = `a [31m${"b".repeat(194)}`;

  test("R47: is kept printable and short", async () => {
    fake.api.fault = { status: 200, body: { friendly_name: foul, status: "active" } };
    expect((await check()).all.find(({ id }) => id === "auth")?.facts).toEqual({ account: clean });
    fake.api.fault = { status: 201, body: { sid: foul } };
    expect(await send()).toEqual({ outcome: "sent", providerReference: clean });
    const buying = twilio.numbers?.buy(fake.config, "+14155550111", { webhookUrl: HOOK, reference: "r" }, fake.api.reach);
    expect(await buying).toEqual({ number: "+14155550111", providerReference: clean, webhookSet: true });
  });

  test("R47: is no offer where it is no number", async () => {
    const offers = ["+14155550111", "+1415\u0000555", "javascript:alert(1)", "", OWN];
    const body = { available_phone_numbers: offers.map((phone_number) => ({ phone_number, locality: foul })) };
    fake.api.fault = { status: 200, body };
    const found = await twilio.numbers?.search(fake.config, { country: "US", limit: 2 }, fake.api.reach);
    expect(found?.map(({ number, locality }) => [number, locality])).toEqual([
      ["+14155550111", clean],
      [OWN, clean],
    ]);
  });
});

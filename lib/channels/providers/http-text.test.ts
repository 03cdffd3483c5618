import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DiagnosisEvent } from "@/lib/channels/diagnosis";
import type { CheckOptions } from "@/lib/channels/providers/define";
import { httpText } from "@/lib/channels/providers/http-text";
import { type ApiAnswer, basic, type FakeApi, type Fault, startFakeApi } from "@/tests/support/vendors/fake-api";

const TEXT = { from: "+14155550100", to: "+819012345678", text: 'a "b" {to} & c=1\n確認 012345', reference: "r-1@reachable.example" };

let gateway: FakeApi;
let answer: ApiAnswer;

beforeEach(async () => {
  answer = { status: 202, body: { messages: [{ status: 0, id: "G-1" }] } };
  gateway = await startFakeApi(({ headers }) => (headers["x-key"] === "wrong" ? { status: 401 } : answer));
});
afterEach(() => gateway.stop());

function config(changes: Record<string, unknown> = {}) {
  return httpText.config.parse({ url: `${gateway.url}/send`, body: '{"to":"{to}","text":"{text}"}', ...changes });
}

const send = (changes: Record<string, unknown> = {}) => httpText.open(config(changes), gateway.reach).sendText?.(TEXT);

async function check(changes: Record<string, unknown> = {}, options: Partial<CheckOptions> = {}) {
  const events: DiagnosisEvent[] = [];
  for await (const event of httpText.check(config(changes), { reach: gateway.reach, ...options })) events.push(event);
  const last = events.at(-1);
  if (last?.type !== "result") throw new Error("no result");
  return { ...last.result, steps: last.result.steps.map((step) => `${step.id} ${step.result}`) };
}

describe("sending", () => {
  test("as JSON: what a message contains stays text", async () => {
    const body = '{"id": "{reference}", "msg": [{"to": "{toDigits}", "from": "x {from}", "text": "{text}", "n": 1}]}';
    expect(await send({ body })).toEqual({ outcome: "sent" });
    const [call] = gateway.calls;
    expect(call).toMatchObject({ method: "POST", path: "/send" });
    expect(call?.headers).toMatchObject({ "content-type": "application/json", "idempotency-key": TEXT.reference });
    const message = { to: "819012345678", from: "x +14155550100", text: TEXT.text, n: 1 };
    expect(JSON.parse(call?.body ?? "")).toEqual({ id: TEXT.reference, msg: [message] });
  });

  test("as a form, by lines or in one", async () => {
    for (const body of ["to={to}\ntext=Hi: {text}\nkind=1", "to={to}&text=Hi: {text}&kind=1"]) {
      expect(await send({ request: "post_form", body })).toEqual({ outcome: "sent" });
      const call = gateway.calls.at(-1);
      expect(call?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
      expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({ to: TEXT.to, text: `Hi: ${TEXT.text}`, kind: "1" });
    }
  });

  test("in the address, and by PUT", async () => {
    await send({ request: "get", url: `${gateway.url}/send/{toDigits}?text={text}&from={from}`, body: undefined });
    await send({ request: "put_json" });
    const [get, put] = gateway.calls;
    expect(get).toMatchObject({ method: "GET", path: "/send/819012345678", body: "" });
    expect(Object.fromEntries(get?.query ?? [])).toEqual({ text: TEXT.text, from: TEXT.from });
    expect(put).toMatchObject({ method: "PUT", path: "/send" });
  });

  test("signs in as set up, with more headers", async () => {
    await send({ auth: "basic", username: "ann", password: "pa:ss", headers: "X-Region: eu\r\n\nAccept: application/xml" });
    expect(gateway.calls[0]?.headers).toMatchObject({ authorization: basic("ann", "pa:ss"), "x-region": "eu", accept: "application/xml" });
    await send({ auth: "header", headerName: "Authorization", headerValue: "Bearer abc" });
    expect(gateway.calls[1]?.headers.authorization).toBe("Bearer abc");
  });

  test.each([
    [{}, { outcome: "sent" }],
    [{ referencePath: "messages.0.id" }, { outcome: "sent", providerReference: "G-1" }],
    [{ referencePath: "messages.0" }, { outcome: "sent" }],
    [{ referencePath: "constructor.name" }, { outcome: "sent" }],
    [{ successStatus: "200, 202" }, { outcome: "sent" }],
    [{ successStatus: "200-201" }, { outcome: "refused", reason: "rejected", httpStatus: 202 }],
    [{ successCheck: "text", successText: '"status":0' }, { outcome: "sent" }],
    [
      { successCheck: "text", successText: "OK" },
      { outcome: "refused", reason: "rejected", httpStatus: 202 },
    ],
    [{ successCheck: "json", successPath: "messages.0.status", successValue: "0" }, { outcome: "sent" }],
    [
      { successCheck: "json", successPath: "messages.1.status", successValue: "0" },
      { outcome: "refused", reason: "rejected", httpStatus: 202 },
    ],
  ])("is a success by the rule %j", async (changes, expected) => {
    expect(await send(changes)).toEqual(expected);
  });

  test.each<[Fault, object]>([
    [{ status: 401 }, { outcome: "refused", reason: "auth_failed", httpStatus: 401 }],
    [{ status: 422 }, { outcome: "refused", reason: "rejected", httpStatus: 422 }],
    [{ status: 429 }, { outcome: "temporary", reason: "temporary", httpStatus: 429 }],
    [{ status: 502 }, { outcome: "unknown", reason: "unknown_outcome", httpStatus: 502 }],
    [
      { status: 308, headers: { location: "http://169.254.169.254/" } },
      { outcome: "refused", reason: "rejected", httpStatus: 308 },
    ],
    ["drop-before", { outcome: "unknown", reason: "unknown_outcome" }],
  ])("R70: %j is neither called sent nor lost without knowing", async (fault, expected) => {
    gateway.fault = fault;
    expect(await send()).toEqual(expected);
    expect(gateway.calls).toHaveLength(1);
  });
});

describe("the test", () => {
  const key = { auth: "header", headerName: "X-Key", headerValue: "right" };

  test("R32: without an address for it only knocks, and sends nothing", async () => {
    expect(await check(key, { from: TEXT.from, to: TEXT.to })).toMatchObject({ verdict: "ok", steps: ["request ok", "auth skipped"] });
    expect(gateway.calls).toMatchObject([{ method: "HEAD", path: "/" }]);
    expect(gateway.calls[0]?.headers["x-key"]).toBeUndefined();
  });

  test("with one asks there, and knows a wrong key", async () => {
    const checkUrl = `${gateway.url}/balance`;
    answer = { status: 200 };
    expect(await check({ ...key, checkUrl })).toMatchObject({ verdict: "ok", steps: ["request ok", "auth ok"] });
    expect(await check({ ...key, headerValue: "wrong", checkUrl })).toMatchObject({ verdict: "failed", problem: "credentials_refused" });
    answer = { status: 302, headers: { location: "/login" } };
    expect(await check({ ...key, checkUrl })).toMatchObject({ verdict: "failed", problem: "unexpected_answer" });
    for (const call of gateway.calls) expect(call).toMatchObject({ method: "GET", path: "/balance" });
  });

  test("sends one text if asked", async () => {
    expect(await check({}, { from: TEXT.from, to: TEXT.to, send: true })).toMatchObject({ verdict: "ok" });
    expect(gateway.calls.map(({ method }) => method)).toEqual(["HEAD", "POST"]);
    answer = { status: 422 };
    const refused = await check({}, { from: TEXT.from, to: TEXT.to, send: true });
    expect(refused).toMatchObject({ verdict: "failed", problem: "message_rejected" });
  });
});

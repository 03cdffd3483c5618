import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/actor";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { env } from "@/lib/env";
import { changeAddress } from "@/lib/services/contact-points/change-address";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { type HumanAction, requireHuman } from "@/lib/services/limits/require-human";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { signIn } from "@/lib/services/session/sign-in";
import { startVerification } from "@/lib/services/verifications/start";
import { post } from "@/tests/support/action-calls";
import { makeInstitution, makeMember, stranger } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { callRoute } from "@/tests/support/route-calls";
import { addSmtp, refusal } from "@/tests/support/senders";
import type { Person } from "@/tests/support/two-institutions";
import { type FakeTurnstile, startTurnstile } from "@/tests/support/vendors/turnstile";

let turnstile: FakeTurnstile;
let institutionId: string;
let admin: Person;

beforeEach(async () => {
  turnstile = await startTurnstile();
  env().turnstile = turnstile.settings;
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  await asAdmin("DELETE FROM rate_bucket WHERE key LIKE 'turnstile:%'");
});

afterEach(async () => {
  env().turnstile = null;
  await turnstile.api.stop();
});

const HUMAN = { code: "forbidden", reason: "humanCheck" };
const holding = <C extends Context>(ctx: C, turnstileToken: string): C => ({ ...ctx, request: { ...ctx.request, turnstileToken } });
const check = (token: string, action: HumanAction = "add") => refusal(requireHuman(holding(admin, token), action));
const email = { type: "email", label: "Work", config: { email: "ann@example.com" } };

describe("a token", () => {
  test("R56: is taken once, for what and where it was solved; the server is asked with our secret and a key of its own", async () => {
    const token = turnstile.solve("add");
    expect(await check(token)).toEqual({ code: "fine" });
    const [call] = turnstile.api.calls;
    const form = new URLSearchParams(call?.body);
    expect(call).toMatchObject({ method: "POST", path: "/turnstile/v0/siteverify" });
    expect([form.get("secret"), form.get("response")]).toEqual([turnstile.settings.secretKey, token]);
    expect(form.get("idempotency_key")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await check(token)).toMatchObject(HUMAN);
  });

  test("R56: of 20 uses at once one passes, also where the server would say yes again", async () => {
    turnstile.forgetful = true;
    const token = turnstile.solve("add");
    const results = await Promise.all(Array.from({ length: 20 }, () => check(token)));
    expect(results.filter(({ code }) => code === "fine")).toHaveLength(1);
    expect(turnstile.api.calls).toHaveLength(1);
    const rows = await asAdmin<{ key: string }>("SELECT key FROM rate_bucket WHERE key LIKE 'turnstile:token:%'");
    expect(rows).toHaveLength(1);
    expect(rows[0]?.key).not.toContain(token);
  });

  test.each([
    ["none", () => ""],
    ["one that nobody solved", () => "0.made-up"],
    ["one for something else", () => turnstile.solve("sign_in")],
    ["one from another site", () => turnstile.solve("add", "attacker.example")],
    ["one from no site", () => turnstile.solve("add", "")],
    ["one with a line break", () => `${turnstile.solve("add")}\r\nX: y`],
    ["one of 2,049 characters", () => "x".repeat(2049)],
  ])("R56: %s is refused", async (_, token) => {
    expect(await check(token())).toMatchObject(HUMAN);
  });

  test("R56: what cannot be a token is refused without asking", async () => {
    for (const token of ["", "x".repeat(2049), "a b", "é"]) await check(token);
    expect(turnstile.api.calls).toEqual([]);
  });

  test("R56: one of a host that the operator names besides is taken", async () => {
    env().turnstile = { ...turnstile.settings, hostnames: ["localhost", "portal.example"] };
    expect(await check(turnstile.solve("add", "portal.example"))).toEqual({ code: "fine" });
  });

  test.each([
    ["silence", "silence"],
    ["a connection that ends", "drop-before"],
    ["status 500", { status: 500, body: { success: true, action: "add", hostname: "localhost" } }],
    ["no JSON", { status: 200, body: "yes" }],
    ["success as a text", { status: 200, body: { success: "true", action: "add", hostname: "localhost" } }],
    ["success without an action", { status: 200, body: { success: true, hostname: "localhost" } }],
    ["success without a host", { status: 200, body: { success: true, action: "add" } }],
    ["a redirect", { status: 307, body: "", headers: { location: "/elsewhere" } }],
    ["an answer without an end", { status: 200, body: `{"success":true,"x":"${"x".repeat(20_000)}"}` }],
  ] as const)("R56: to %s the answer is no", async (_, fault) => {
    turnstile.api.fault = fault;
    const started = performance.now();
    expect(await check(turnstile.solve("add"))).toMatchObject(HUMAN);
    expect(performance.now() - started).toBeLessThan(8000);
    // neither asked again nor asked for elsewhere
    expect(turnstile.api.calls.length).toBeLessThanOrEqual(1);
  });

  test("R56: without a secret every answer is no", async () => {
    env().turnstile = { ...turnstile.settings, secretKey: null };
    expect(await check(turnstile.solve("add"))).toMatchObject(HUMAN);
    expect(turnstile.api.calls).toEqual([]);
  });

  test("R56: a network that tries many is slowed down", async () => {
    env().limits.humanChecksPerIp = { max: 3, windowSec: 900 };
    const codes = [];
    for (let at = 0; at < 5; at += 1) codes.push((await check("0.made-up")).code);
    expect(codes).toEqual(["forbidden", "forbidden", "forbidden", "rate_limited", "rate_limited"]);
    env().limits.humanChecksPerIp = { max: 1000, windowSec: 900 };
  });
});

describe("who is asked", () => {
  test("R56: whoever signs in, and a wrong password is not even looked at without it", async () => {
    const visitor = (token: string) => holding(stranger("192.0.2.31"), token);
    const given = { email: admin.actor.email, password: "some words that are wrong" };
    expect(await refusal(signIn(visitor(""), given))).toMatchObject(HUMAN);
    expect(await refusal(signIn(visitor(turnstile.solve("sign_in")), given))).toMatchObject({ code: "unauthenticated", reason: "signIn" });
  });

  test("R56: whoever adds or sends again in a browser", async () => {
    expect(await refusal(createContactPoint(admin, email))).toMatchObject(HUMAN);
    const point = await createContactPoint(holding(admin, turnstile.solve("add")), email);
    const ref = { contactPointId: point.id };
    expect(await refusal(startVerification(admin, ref))).toMatchObject(HUMAN);
    expect(await refusal(startVerification(holding(admin, turnstile.solve("add")), ref))).toMatchObject(HUMAN);
    expect(await refusal(startVerification(holding(admin, turnstile.solve("resend")), ref))).toEqual({ code: "fine" });
    expect(await refusal(changeAddress(admin, { ...ref, config: { email: "bob@example.com" } }))).toMatchObject(HUMAN);
    expect(await refusal(addSmtp(admin))).toMatchObject(HUMAN);
    const sender = await addSmtp(holding(admin, turnstile.solve("add")));
    expect(await refusal(startSenderVerification(admin, { senderId: sender.id }))).toMatchObject(HUMAN);
  });

  test("R56: a mistake in the form does not use its token up", async () => {
    const token = turnstile.solve("add");
    expect(await refusal(createContactPoint(holding(admin, token), { ...email, label: "" }))).toMatchObject({ code: "validation" });
    expect(await refusal(createContactPoint(holding(admin, token), email))).toEqual({ code: "fine" });
  });

  test("R56: a form's token comes with the form, and never back; a route's in a header", async () => {
    const key = "app/(console)/contact-points/actions.ts#addContactPointAction";
    const form = { type: "email", email: "ann@example.com", label: "Work" };
    const refused = await post(key, { as: admin }, { ...form, "cf-turnstile-response": "0.made-up" });
    expect(refused.code).toBe("forbidden");
    expect(JSON.stringify(refused.state)).not.toContain("0.made-up");
    expect((await post(key, { as: admin }, { ...form, "cf-turnstile-response": turnstile.solve("add") })).code).toBe("fine");
    const route = {
      file: "app/api/v1/contact-points/route.ts",
      method: "POST",
      as: admin,
      body: { ...email, config: { email: "b@example.com" } },
    };
    expect((await callRoute(route)).status).toBe(403);
  });

  test("R56: programs with a key are not, and nobody is while it is off", async () => {
    const { key } = await makeKey(institutionId, { userId: admin.actor.userId });
    const program = await withSecretKey(stranger(), key, "write");
    expect(await refusal(createContactPoint(program, email))).toEqual({ code: "fine" });
    env().turnstile = null;
    expect(await refusal(requireHuman(admin, "add"))).toEqual({ code: "fine" });
    expect(turnstile.api.calls).toEqual([]);
  });
});

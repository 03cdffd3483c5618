import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withBearer } from "@/lib/auth/credentials/bearer";
import { isOutsideCredential } from "@/lib/auth/credentials/outside-credential";
import { requireMember, requirePermission } from "@/lib/auth/permissions";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import { captureLog } from "@/tests/support/captured-log";
import { makeInstitution, makeMember, stranger } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { queriesOf } from "@/tests/support/queries";
import { hs256, type Json, rs256, startKeySet, unsigned } from "@/tests/support/tokens";

const ISSUER = "https://login.clinic.example";
const AUDIENCE = "https://reach.clinic.example";
const now = () => Math.floor(Date.now() / 1000);
const refusal = { code: "unauthenticated" };
const pair = (bits = 2048) => generateKeyPairSync("rsa", { modulusLength: bits });

let first: { privateKey: KeyObject; publicKey: KeyObject };
let second: { privateKey: KeyObject; publicKey: KeyObject };
let weak: { privateKey: KeyObject; publicKey: KeyObject };
let set: Awaited<ReturnType<typeof startKeySet>>;
let answer: { status?: number; body: string; delayMs?: number; location?: string };

beforeAll(() => {
  [first, second, weak] = [pair(), pair(), pair(1024)];
});

beforeEach(async () => {
  answer = keys(["one", first.publicKey]);
  set = await startKeySet(() => answer);
  env().bearerIssuer = { issuer: ISSUER, audience: AUDIENCE, jwksUrl: set.url };
});

afterEach(async () => {
  env().bearerIssuer = null;
  await set.stop();
});

function keys(...listed: Array<[string, KeyObject, Record<string, unknown>?]>) {
  const list = listed.map(([kid, key, more]) => ({ ...key.export({ format: "jwk" }), kid, use: "sig", alg: "RS256", ...more }));
  return { body: JSON.stringify({ keys: list }) };
}

async function person(): Promise<{ institutionId: string; userId: string; email: string }> {
  const { actor } = await makeMember(await makeInstitution(), "admin");
  return { institutionId: actor.institutionId, userId: actor.userId, email: actor.email };
}

const claims = (sub: string, more: Record<string, unknown> = {}) => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub,
  iat: now(),
  exp: now() + 600,
  ...more,
});
const header = (more: Record<string, unknown> = {}) => ({ alg: "RS256", kid: "one", ...more });
const check = (token: string) => withBearer(stranger(), `Bearer ${token}`, "write");
const signed = (c: Json, h: Json = header()) => rs256(first.privateKey, h, c);

describe("bearer tokens of the issuer that the operator configured", () => {
  test("name a person by our own id, or by an address that the issuer proved", async () => {
    const who = await person();
    const byId = await check(signed(claims(who.userId)));
    expect(byId.actor).toMatchObject({
      type: "member",
      userId: who.userId,
      institutionId: who.institutionId,
      role: "admin",
      sessionId: null,
    });
    const byEmail = await check(signed(claims("auth0|77", { email: who.email.toUpperCase(), email_verified: true })));
    expect(byEmail.actor).toMatchObject({ userId: who.userId });
    // one person in one institution is one credential, whatever token it is
    const id = "credential" in byId.actor ? (byId.actor.credential?.id ?? "") : "";
    expect(byEmail.actor).toMatchObject({ credential: { id } });
    expect([isOutsideCredential(id), isOutsideCredential(newId())]).toEqual([true, false]);
  });

  test("carry what their person may, and no right to make what outlives them", async () => {
    const ctx = await check(signed(claims((await person()).userId)));
    expect(() => requirePermission(ctx, "sender:write")).not.toThrow();
    expect(() => requirePermission(ctx, "key:own")).toThrow(expect.objectContaining({ code: "forbidden", reason: "scope" }));
    expect(() => requireMember(ctx)).toThrow(expect.objectContaining({ code: "forbidden" }));
  });

  test("R53: are refused when anything about them is not as configured", async () => {
    const who = await person();
    const other = await person();
    const good = claims(who.userId);
    const forged: Record<string, string> = {
      "no alg": unsigned({ alg: "none", kid: "one" }, good),
      "HS256 with the public key": hs256(
        first.publicKey.export({ type: "spki", format: "pem" }).toString(),
        { alg: "HS256", kid: "one" },
        good,
      ),
      "signed by another key": rs256(second.privateKey, header(), good),
      "its own jwk": rs256(second.privateKey, header({ jwk: second.publicKey.export({ format: "jwk" }) }), good),
      "its own jku": rs256(second.privateKey, header({ jku: set.url }), good),
      "another issuer": signed(claims(who.userId, { iss: "https://login.elsewhere.example" })),
      "no issuer": signed({ ...good, iss: undefined }),
      "another audience": signed(claims(who.userId, { aud: "https://elsewhere.example" })),
      "one audience of several": signed(claims(who.userId, { aud: [AUDIENCE, "https://elsewhere.example"] })),
      "no audience": signed({ ...good, aud: undefined }),
      over: signed(claims(who.userId, { iat: now() - 600, exp: now() - 61 })),
      "too long": signed(claims(who.userId, { exp: now() + 3700 })),
      "no exp": signed({ ...good, exp: undefined }),
      "no iat": signed({ ...good, iat: undefined }),
      "nbf in the future": signed(claims(who.userId, { nbf: now() + 90 })),
      "nobody's id": signed(claims("00000000-0000-4000-8000-000000000000")),
      "an address that nobody proved": signed(claims("auth0|78", { email: who.email, email_verified: false })),
      "an address without a word about its proof": signed(claims("auth0|78", { email: who.email })),
      "an address proved in text": signed(claims("auth0|78", { email: who.email, email_verified: "true" })),
      "an institution that the person is not in": signed(claims(who.userId, { institution: other.institutionId })),
      "an institution that is none": signed(claims(who.userId, { institution: "' OR true --" })),
    };
    for (const [how, token] of Object.entries(forged)) {
      await expect(check(token), how).rejects.toMatchObject(refusal);
    }
    await expect(check(signed(good))).resolves.toMatchObject({ actor: { userId: who.userId } });
  });

  test("R53: an outside issuer cannot write in the name of this one", async () => {
    const who = await person();
    await expect(check(signed(claims(who.userId, { iss: env().appOrigin })))).rejects.toMatchObject(refusal);
    env().bearerIssuer = null;
    await expect(check(signed(claims(who.userId)))).rejects.toMatchObject(refusal);
  });

  test("R53: keys of other kinds, and short ones, are not taken from the set", async () => {
    const who = await person();
    answer = keys(["weak", weak.publicKey], ["enc", second.publicKey, { use: "enc" }], ["hs", second.publicKey, { alg: "HS256" }]);
    answer.body = answer.body.replace(
      "]}",
      `,null,7,{"kty":"oct","k":"AAAA","kid":"oct"},{"kty":"RSA","n":"!","e":"AQAB","kid":"broken"}]}`,
    );
    await expect(check(rs256(weak.privateKey, header({ kid: "weak" }), claims(who.userId)))).rejects.toMatchObject(refusal);
    await expect(check(rs256(second.privateKey, header({ kid: "enc" }), claims(who.userId)))).rejects.toMatchObject(refusal);
    await expect(check(rs256(second.privateKey, header({ kid: "hs" }), claims(who.userId)))).rejects.toMatchObject(refusal);
  });

  test("R52: the set is asked for once, and a made-up kid does not make it asked for again", async () => {
    const who = await person();
    await Promise.all([1, 2, 3, 4].map((n) => check(signed(claims(who.userId, { n })))));
    expect(set.asked()).toBe(1);
    for (let n = 0; n < 5; n += 1) {
      await expect(check(signed(claims(who.userId), header({ kid: `made-up-${n}` })))).rejects.toMatchObject(refusal);
    }
    expect(set.asked()).toBe(1);
  });

  test("R53: while the set cannot be read, a flood of tokens does not ask for it again and again", async () => {
    answer = { status: 500, body: "{}" };
    for (let n = 0; n < 10; n += 1) {
      await expect(check(signed(claims(newId()), header({ kid: `made-up-${n}` })))).rejects.toMatchObject({ code: "unavailable" });
    }
    expect(set.asked()).toBe(1);
  });

  test("R52: one query finds the person, and none within the next seconds", async () => {
    const token = signed(claims((await person()).userId));
    expect(await queriesOf(() => check(token))).toBe(1);
    expect(await queriesOf(() => check(token))).toBe(0);
  });

  test("R53: what is behind the address of the keys can be anything, and is never more than unavailable", async () => {
    const log = captureLog();
    const token = signed(claims((await person()).userId));
    const answers = [
      { status: 500, body: "{}" },
      { body: "no JSON" },
      { body: `{"keys":{}}` },
      { body: "null" },
      { body: `{"keys":["${"x".repeat(70_000)}"]}` },
      { status: 302, body: "", location: "http://127.0.0.1:9/keys.json" },
    ];
    // each at an address of its own: one that failed is left alone for a moment
    const checkAt = (n: number) => {
      env().bearerIssuer = { issuer: ISSUER, audience: AUDIENCE, jwksUrl: `${set.url}?${n}` };
      return check(token);
    };
    for (const [n, each] of answers.entries()) {
      answer = each;
      await expect(checkAt(n)).rejects.toMatchObject({ code: "unavailable" });
    }
    answer = keys(["one", first.publicKey]);
    await expect(checkAt(answers.length)).resolves.toBeDefined();
    expect(log()).toContain("key set: too large");
    expect(log()).not.toContain(token);
  });

  test("R52: a person who was removed is over, whatever the issuer says", async () => {
    const who = await person();
    await asAdmin("DELETE FROM membership WHERE user_id = $1", [who.userId]);
    await expect(check(signed(claims(who.userId)))).rejects.toMatchObject(refusal);
  });
});

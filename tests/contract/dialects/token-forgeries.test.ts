import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { audience } from "@/lib/auth/credentials/access-token";
import { withBearer } from "@/lib/auth/credentials/bearer";
import { verifyUserToken } from "@/lib/auth/credentials/user-token";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import { makeInstitution, makeMember, stranger } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { hs256, type Json, makeAccessToken, makeSigningKey, rs256, type SigningPair, unsigned, userToken } from "@/tests/support/tokens";

const now = () => Math.floor(Date.now() / 1000);
const DAY = 86_400;
const refusal = { code: "unauthenticated" };

describe("a user token that an application signs", () => {
  let institutionId: string;
  let mine: SigningPair;
  let foreign: SigningPair;
  let stranger: KeyObject;

  beforeAll(async () => {
    institutionId = await makeInstitution();
    mine = await makeSigningKey(institutionId, { kid: "app-1" });
    foreign = await makeSigningKey(await makeInstitution(), { kid: "app-2" });
    stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  });

  const claims = (more: Record<string, unknown> = {}) => ({ sub: "patient-7", iat: now(), exp: now() + 600, ...more });
  const header = (more: Record<string, unknown> = {}) => ({ alg: "RS256", typ: "JWT", kid: "app-1", ...more });
  const signed = (h: Json, c: Json) => rs256(mine.privateKey, h, c);
  const raw = (times: string) => `{"sub":"patient-7",${times}}`;
  const jwk = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = () => mine.publicKey.export({ type: "spki", format: "pem" }).toString();

  const forgeries: Array<[string, () => string]> = [
    ["alg none, unsigned", () => unsigned(header({ alg: "none" }), claims())],
    ["alg None", () => unsigned(header({ alg: "None" }), claims())],
    ["alg nOnE with a signature", () => unsigned(header({ alg: "nOnE" }), claims(), "AAAA")],
    ["alg empty", () => signed(header({ alg: "" }), claims())],
    ["alg missing", () => signed({ typ: "JWT", kid: "app-1" }, claims())],
    ["alg a list", () => signed(header({ alg: ["RS256"] }), claims())],
    ["HS256 with the public key as PEM", () => hs256(pem(), header({ alg: "HS256" }), claims())],
    ["HS256 with the public key as PEM, trimmed", () => hs256(pem().trim(), header({ alg: "HS256" }), claims())],
    [
      "HS256 with the public key as DER",
      () => hs256(mine.publicKey.export({ type: "spki", format: "der" }), header({ alg: "HS256" }), claims()),
    ],
    ["RS256 in the header, HMAC beneath", () => hs256(pem(), header(), claims())],
    ["PS256 named, RS256 made", () => signed(header({ alg: "PS256" }), claims())],
    ["RS512 named, RS256 made", () => signed(header({ alg: "RS512" }), claims())],
    ["signed by nobody's key", () => rs256(stranger, header(), claims())],
    ["signed by nobody's key, without a kid", () => rs256(stranger, { alg: "RS256" }, claims())],
    [
      "its own key embedded as jwk",
      () => {
        const pair = jwk();
        return rs256(pair.privateKey, header({ jwk: pair.publicKey.export({ format: "jwk" }) }), claims());
      },
    ],
    ["its own keys at jku", () => rs256(stranger, header({ jku: "http://127.0.0.1:9/keys.json" }), claims())],
    ["its own chain at x5u", () => rs256(stranger, header({ x5u: "http://127.0.0.1:9/chain.pem" }), claims())],
    ["its own certificate in x5c", () => rs256(stranger, header({ x5c: ["MIIB"] }), claims())],
    ["kid of a file", () => rs256(stranger, header({ kid: "../../../../dev/null" }), claims())],
    ["HS256 with the empty file that its kid names", () => hs256("", header({ alg: "HS256", kid: "/dev/null" }), claims())],
    ["kid with SQL", () => rs256(stranger, header({ kid: "' UNION SELECT public_key FROM signing_key --" }), claims())],
    ["kid an object", () => rs256(stranger, header({ kid: { $ne: "" } }), claims())],
    ["kid unknown, the signature right", () => signed(header({ kid: "app-9" }), claims())],
    ["kid in another case", () => signed(header({ kid: "APP-1" }), claims())],
    ["another institution's kid and key", () => rs256(foreign.privateKey, header({ kid: "app-2" }), claims())],
    ["another institution's key under this one's kid", () => rs256(foreign.privateKey, header(), claims())],
    ["another institution's key without a kid", () => rs256(foreign.privateKey, { alg: "RS256" }, claims())],
    ["over", () => signed(header(), claims({ iat: now() - 700, exp: now() - 61 }))],
    ["exp as text", () => signed(header(), claims({ exp: String(now() + 600) }))],
    ["exp NaN", () => signed(header(), raw(`"exp":NaN`))],
    ["exp 1e20", () => signed(header(), raw(`"exp":1e20`))],
    ["exp 1e999", () => signed(header(), raw(`"exp":1e999`))],
    ["exp negative", () => signed(header(), claims({ exp: -1 }))],
    ["exp null", () => signed(header(), claims({ exp: null }))],
    ["nbf in the future", () => signed(header(), claims({ nbf: now() + 90 }))],
    ["nbf as text", () => signed(header(), claims({ nbf: "0" }))],
    ["iat in the future", () => signed(header(), claims({ iat: now() + 90 }))],
    ["no sub", () => signed(header(), { iat: now(), exp: now() + 600 })],
    ["sub empty", () => signed(header(), claims({ sub: "" }))],
    ["sub a number", () => signed(header(), claims({ sub: 7 }))],
    ["sub a list", () => signed(header(), claims({ sub: ["patient-7"] }))],
    ["sub with a space before it", () => signed(header(), claims({ sub: " patient-7" }))],
    ["sub with a NUL", () => signed(header(), claims({ sub: "patient-7\0" }))],
    ["sub of 256 characters", () => signed(header(), claims({ sub: "x".repeat(256) }))],
    ["an unencoded payload (b64=false)", () => signed(header({ b64: false, crit: ["b64"] }), claims())],
    ["a crit that nobody knows", () => signed(header({ crit: ["exp"], exp: 1 }), claims())],
    ["a crit that is empty", () => signed(header({ crit: [] }), claims())],
    ["a payload that is no object", () => signed(header(), `["patient-7"]`)],
    ["a payload that is no JSON", () => signed(header(), "patient-7")],
    ["a header that is no JSON", () => signed("RS256", claims())],
    ["one character of the payload changed", () => tampered(userToken(mine, "patient-7"), 1)],
    ["one character of the signature changed", () => tampered(userToken(mine, "patient-7"), 2)],
    ["the signature of another token", () => graft(userToken(mine, "patient-8"), userToken(mine, "patient-7"))],
    ["no signature", () => `${userToken(mine, "patient-7").split(".").slice(0, 2).join(".")}.`],
    ["a fourth part", () => `${userToken(mine, "patient-7")}.AAAA`],
    ["an encrypted token's five parts", () => "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA"],
    ["standard base64 instead of its own", () => `${userToken(mine, "patient-7")}==`],
    ["a line break within", () => userToken(mine, "patient-7").replace(".", ".\n")],
    ["a megabyte", () => signed(header(), claims({ pad: "x".repeat(1_000_000) }))],
    ["nothing", () => ""],
    ["dots", () => ".."],
  ];

  test("the one that these are forged from is good", async () => {
    const good = [
      userToken(mine, "patient-7"),
      signed({ alg: "RS256" }, { sub: "patient-7" }),
      signed(header(), claims({ nbf: now() + 30 })),
    ];
    for (const token of good) {
      await expect(verifyUserToken(institutionId, token)).resolves.toEqual({ externalId: "patient-7", signingKeyId: mine.id });
    }
  });

  test.each(forgeries)("R53: refused: %s", async (_, forge) => {
    await expect(verifyUserToken(institutionId, forge())).rejects.toMatchObject(refusal);
  });

  test("R53: at least forty forgeries are tried", () => {
    expect(forgeries.length).toBeGreaterThanOrEqual(40);
  });

  test("R53: a weak key that is stored all the same signs nothing", async () => {
    const other = await makeInstitution();
    const weak = await makeSigningKey(other, { bits: 1024 });
    await expect(verifyUserToken(other, userToken(weak, "patient-7"))).rejects.toMatchObject(refusal);
  });

  test("R53: for the institution of another one it is worth nothing", async () => {
    await expect(verifyUserToken(await makeInstitution(), userToken(mine, "patient-7"))).rejects.toMatchObject(refusal);
  });
});

describe("a bearer token that was made here", () => {
  let who: { institutionId: string; userId: string };
  let id: string;

  beforeAll(async () => {
    const institutionId = await makeInstitution();
    who = { institutionId, userId: (await makeMember(institutionId, "admin")).actor.userId };
    ({ id } = await makeAccessToken(who, 1800));
  });

  // As the product derives it: whoever has this has the secret, and may still not choose what a token says.
  const key = async () => {
    const { hkdfSync } = await import("node:crypto");
    return new Uint8Array(hkdfSync("sha256", env().authSecret, "", "reachable.access-token.v1", 32));
  };
  const header = (more: Record<string, unknown> = {}) => ({ alg: "HS256", typ: "at+jwt", ...more });
  const claims = (more: Record<string, unknown> = {}) => ({
    institution: who.institutionId,
    iss: env().appOrigin,
    aud: audience(),
    sub: who.userId,
    jti: id,
    iat: now(),
    exp: now() + 600,
    ...more,
  });
  const without = (name: string) => Object.fromEntries(Object.entries(claims()).filter(([each]) => each !== name));
  const check = (token: string) => withBearer(stranger(), `Bearer ${token}`, "write");

  test("the one that these are forged from is good", async () => {
    await expect(check(hs256(await key(), header(), claims()))).resolves.toMatchObject({
      actor: { type: "member", ...who, sessionId: null },
    });
  });

  const forgeries: Array<[string, (key: Uint8Array) => string | Promise<string>]> = [
    ["alg none", () => unsigned(header({ alg: "none" }), claims())],
    ["HS512 named, HS256 made", (key) => hs256(key, header({ alg: "HS512" }), claims())],
    ["RS256 named", () => rs256(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey, header({ alg: "RS256" }), claims())],
    ["the secret itself as the key", () => hs256(env().authSecret, header(), claims())],
    ["the hash of the secret as the key", () => hs256(createHash("sha256").update(env().authSecret).digest(), header(), claims())],
    ["another type", (key) => hs256(key, header({ typ: "JWT" }), claims())],
    ["no type", (key) => hs256(key, { alg: "HS256" }, claims())],
    ["no exp", (key) => hs256(key, header(), without("exp"))],
    ["no iat", (key) => hs256(key, header(), without("iat"))],
    ["no sub", (key) => hs256(key, header(), without("sub"))],
    ["no aud", (key) => hs256(key, header(), without("aud"))],
    ["no iss", (key) => hs256(key, header(), without("iss"))],
    ["no jti", (key) => hs256(key, header(), without("jti"))],
    ["no institution", (key) => hs256(key, header(), without("institution"))],
    ["another issuer", (key) => hs256(key, header(), claims({ iss: "https://elsewhere.example" }))],
    ["another audience", (key) => hs256(key, header(), claims({ aud: "https://elsewhere.example" }))],
    ["an audience among others", (key) => hs256(key, header(), claims({ aud: [audience(), "https://elsewhere.example"] }))],
    ["more than an hour", (key) => hs256(key, header(), claims({ exp: now() + 3700 }))],
    ["a day, made yesterday", (key) => hs256(key, header(), claims({ iat: now() - DAY, exp: now() + 60 }))],
    ["over", (key) => hs256(key, header(), claims({ iat: now() - 20, exp: now() - 10 }))],
    ["made in the future", (key) => hs256(key, header(), claims({ iat: now() + 90 }))],
    ["a jti that was never given out", (key) => hs256(key, header(), claims({ jti: newId() }))],
    ["a jti with SQL", (key) => hs256(key, header(), claims({ jti: "' OR true --" }))],
    ["a jti that is a list", (key) => hs256(key, header(), claims({ jti: [id] }))],
    [
      "another person of the institution",
      async (key) => hs256(key, header(), claims({ sub: (await makeMember(who.institutionId, "owner")).actor.userId })),
    ],
    ["another institution", async (key) => hs256(key, header(), claims({ institution: await makeInstitution() }))],
    ["crit", (key) => hs256(key, header({ crit: ["b64"], b64: true }), claims())],
    ["a megabyte", (key) => hs256(key, header(), claims({ pad: "x".repeat(1_000_000) }))],
  ];

  test.each(forgeries)("R53: refused: %s", async (_, forge) => {
    await expect(check(await forge(await key()))).rejects.toMatchObject(refusal);
  });

  test("R53: a header that is none is a refusal, and nothing worse", async () => {
    const { token } = await makeAccessToken(who);
    const headers = [
      "",
      "Bearer",
      "Bearer ",
      "Basic YTpi",
      token,
      `Bearer ${token} ${token}`,
      `Bearer\t${token}`,
      "Bearer a.b.c",
      "Bearer \u0000",
    ];
    for (const given of [...headers, `Token ${token}`, "Bearer ....", `Bearer ${"a".repeat(100_000)}`, null]) {
      await expect(withBearer(stranger(), given, "read")).rejects.toMatchObject(refusal);
    }
    await expect(withBearer(stranger(), `bearer ${token}`, "read")).resolves.toMatchObject({ actor: who });
  });

  test("R53: a session's cookie is no bearer token, and neither is a key", async () => {
    const { issueSessionToken } = await import("@/lib/auth/session-token");
    const cookie = await issueSessionToken({ id: newId(), userId: who.userId });
    await expect(check(cookie)).rejects.toMatchObject(refusal);
  });

  test("R53: a row that is over or gone ends its token", async () => {
    const made = await makeAccessToken(who);
    await asAdmin("UPDATE access_token SET expires_at = now() - interval '1 second' WHERE id = $1", [made.id]);
    await expect(check(made.token)).rejects.toMatchObject(refusal);
  });
});

/** Changes one character in the middle of a part. */
function tampered(token: string, at: number): string {
  const parts = token.split(".");
  const chosen = parts[at] ?? "";
  const middle = Math.floor(chosen.length / 2);
  parts[at] = `${chosen.slice(0, middle)}${chosen[middle] === "A" ? "B" : "A"}${chosen.slice(middle + 1)}`;
  return parts.join(".");
}

function graft(from: string, onto: string): string {
  return [...onto.split(".").slice(0, 2), from.split(".")[2]].join(".");
}

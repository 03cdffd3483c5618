import { generateKeyPairSync } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { withBearer } from "@/lib/auth/credentials/bearer";
import { env } from "@/lib/env";
import { createAccessToken } from "@/lib/services/access-tokens/create";
import { listAccessTokens } from "@/lib/services/access-tokens/list";
import { createKey } from "@/lib/services/keys/create";
import { getKey } from "@/lib/services/keys/get";
import { getKeyForm } from "@/lib/services/keys/get-form";
import { listKeys } from "@/lib/services/keys/list";
import { revokeKey } from "@/lib/services/keys/revoke";
import { createSigningKey } from "@/lib/services/signing-keys/create";
import { listSigningKeys } from "@/lib/services/signing-keys/list";
import { captureLog } from "@/tests/support/captured-log";
import { makeInstitution, makeMember, stranger } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { everyRow } from "@/tests/support/people";
import { walk } from "@/tests/support/queries";

type Person = Context & { actor: SignedInMember };

let owner: Person;
let admin: Person;
let member: Person;
let institutionId: string;

beforeEach(async () => {
  institutionId = await makeInstitution();
  [owner, admin, member] = [
    await makeMember(institutionId, "owner"),
    await makeMember(institutionId, "admin"),
    await makeMember(institutionId),
  ];
});

const use = (key: string) => withSecretKey(stranger(), key, "write");
const DAY = 86_400_000;

describe("making a key", () => {
  test("answers it once, with a year to live, and says so in the audit log without it", async () => {
    const made = await createKey(member, { name: " Program ", scopes: ["contact_points:write", "contact_points:read"] });
    expect(made).toMatchObject({
      kind: "secret",
      name: "Program",
      state: "live",
      person: { id: member.actor.userId },
      scopes: ["contact_points:write"],
    });
    expect(made.key).toMatch(/^sk_[0-9A-Za-z]{49}$/);
    expect(made.hint).toBe(`${made.key.slice(0, 7)}…${made.key.slice(-4)}`);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeGreaterThan(364 * DAY);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeLessThan(366 * DAY);
    const { key: _, ...shown } = made;
    expect(await getKey(member, { keyId: made.id })).toEqual({ ...shown, made: [] });
    const rows = await asAdmin("SELECT * FROM audit_event WHERE institution_id = $1 AND action = 'apikey.created'", [institutionId]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(made.key.slice(15));
  });

  test("R52: neither a row nor a log line holds a key, a token or a private half", async () => {
    const log = captureLog();
    const made = await createKey(owner, { name: "Program", scopes: ["senders:read"] });
    const { token } = await createAccessToken(owner, { name: "Token" });
    const { privateKey } = await createSigningKey(owner, { name: "Application" });
    await use(made.key);
    const rows = await everyRow();
    const middle = (privateKey ?? "").split("\n")[5] ?? "";
    for (const secret of [made.key.slice(15), token.split(".")[2] ?? "", middle]) {
      expect(secret.length).toBeGreaterThan(20);
      expect([rows.includes(secret), log().includes(secret)]).toEqual([false, false]);
    }
  });

  test("gives no more than its owner's role has", async () => {
    const own = await getKeyForm(member);
    expect(own).toEqual({
      own: [
        "contact_points:read",
        "contact_points:write",
        "members:read",
        "inbox:read",
        "inbox:write",
        "keys:read",
        "keys:write",
        "institution:read",
      ],
      institution: null,
    });
    for (const scope of ["senders:read", "audit:read", "subscribers:write"]) {
      const refused = { code: "validation", fields: [{ path: "scopes", code: "scope_not_yours" }] };
      await expect(createKey(member, { name: "Program", scopes: [scope] })).rejects.toMatchObject(refused);
    }
    await expect(createKey(owner, { name: "Program", scopes: ["everything"] })).rejects.toMatchObject({ code: "validation" });
    await expect(createKey(owner, { name: "Program", scopes: [] })).rejects.toMatchObject({
      fields: [{ path: "scopes", code: "required" }],
    });
  });

  test("for the institution takes the permission", async () => {
    for (const wanted of [{ owner: "institution" }, { kind: "public" }]) {
      await expect(createKey(member, { name: "P", scopes: ["subscriptions:read"], ...wanted })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    const made = await createKey(admin, { name: "P", owner: "institution", scopes: ["senders:write"] });
    expect(made.person).toBeNull();
    expect((await use(made.key)).actor).toMatchObject({ type: "institution", role: "admin", userId: null });
    const shown = await createKey(admin, { name: "P", kind: "public", scopes: ["subscriptions:write"] });
    expect(shown.key).toMatch(/^pk_/);
    expect(shown.person).toBeNull();
    await expect(createKey(admin, { name: "P", kind: "public", scopes: ["senders:read"] })).rejects.toMatchObject({
      fields: [{ path: "scopes", code: "scope_not_public" }],
    });
  });

  test("what only the product decides is refused", async () => {
    for (const more of [
      { userId: owner.actor.userId },
      { expiresInDays: 366 },
      { expiresInDays: 0 },
      { id: member.actor.userId },
      { hash: "x" },
    ]) {
      await expect(createKey(member, { name: "P", scopes: ["inbox:read"], ...more })).rejects.toMatchObject({ code: "validation" });
    }
  });

  test("with a key gives no more than that key has, and no longer", async () => {
    const { key, expiresAt } = await createKey(owner, {
      name: "First",
      owner: "institution",
      scopes: ["keys:write", "senders:read"],
      expiresInDays: 7,
    });
    const ctx = await use(key);
    await expect(createKey(ctx, { name: "P", owner: "institution", scopes: ["senders:write"] })).rejects.toMatchObject({
      code: "validation",
    });
    await expect(createKey(ctx, { name: "P", scopes: ["senders:read"] })).rejects.toMatchObject({
      code: "forbidden",
      reason: "personOnly",
    });
    const second = await createKey(ctx, { name: "Second", owner: "institution", scopes: ["senders:read"], expiresInDays: 365 });
    expect(second.expiresAt).toBe(expiresAt);
    await expect(createAccessToken(ctx, { name: "Token" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("with a bearer token is not possible at all", async () => {
    const { token } = await createAccessToken(owner, { name: "Token" });
    const ctx = await withBearer(stranger(), `Bearer ${token}`, "write");
    await expect(createKey(ctx, { name: "P", scopes: ["senders:read"] })).rejects.toMatchObject({ code: "forbidden", reason: "scope" });
    await expect(createAccessToken(ctx, { name: "Token" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("R34: an institution has only so many, also when all are made at once", async () => {
    const { limits } = env();
    const before = limits.keysPerInstitution;
    limits.keysPerInstitution = 3;
    try {
      const made = await Promise.allSettled(Array.from({ length: 8 }, () => createKey(owner, { name: "P", scopes: ["inbox:read"] })));
      expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    } finally {
      limits.keysPerInstitution = before;
    }
  });
});

test("R34: a person has only so many of their own, and uses up nobody else's", async () => {
  const { limits } = env();
  const before = limits.keysPerPerson;
  limits.keysPerPerson = 2;
  try {
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => createKey(member, { name: "P", scopes: ["inbox:read"] })));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    await expect(createKey(member, { name: "P", scopes: ["inbox:read"] })).rejects.toMatchObject({
      reason: "ownKeyLimit",
      params: { max: 2 },
    });
    for (let at = 0; at < 3; at += 1) await createKey(owner, { name: "P", owner: "institution", scopes: ["inbox:read"] });
    await expect(createKey(owner, { name: "P", scopes: ["inbox:read"] })).resolves.toMatchObject({ state: "live" });
  } finally {
    limits.keysPerPerson = before;
  }
});

describe("seeing and revoking keys", () => {
  test("members see their own, admins all; nobody sees a key", async () => {
    const mine = await createKey(member, { name: "Mine", scopes: ["inbox:read"] });
    const theirs = await createKey(owner, { name: "Theirs", scopes: ["inbox:read"] });
    expect((await listKeys(member, {})).items.map(({ id }) => id)).toEqual([mine.id]);
    const all = await listKeys(admin, {});
    expect(all.items.map(({ id }) => id)).toEqual([theirs.id, mine.id]);
    expect(JSON.stringify(all)).not.toContain(mine.key.slice(7, -4));
    await expect(getKey(member, { keyId: theirs.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeKey(member, { keyId: theirs.id })).rejects.toMatchObject({ code: "not_found" });
    await revokeKey(admin, { keyId: theirs.id });
    await revokeKey(admin, { keyId: theirs.id });
    expect(await getKey(owner, { keyId: theirs.id })).toMatchObject({ state: "revoked" });
    const rows = await asAdmin("SELECT 1 FROM audit_event WHERE institution_id = $1 AND action = 'apikey.revoked'", [institutionId]);
    expect(rows).toHaveLength(1);
  });

  test("lists go there and back again", async () => {
    for (let n = 0; n < 5; n += 1) {
      await createKey(owner, { name: `Key ${n}`, scopes: ["inbox:read"] });
      await createAccessToken(owner, { name: `Token ${n}` });
    }
    await createSigningKey(owner, { name: "Application", publicKey: pemOf("rsa") });
    const keys = await walk((cursor) => listKeys(owner, { ...cursor, limit: 2 }));
    expect(keys.there.map(({ name }) => name)).toEqual(["Key 4", "Key 3", "Key 2", "Key 1", "Key 0"]);
    expect(keys.back).toEqual(keys.there);
    const tokens = await walk((cursor) => listAccessTokens(owner, { ...cursor, limit: 2 }));
    expect(tokens.there).toHaveLength(5);
    expect(tokens.back).toEqual(tokens.there);
    expect((await listSigningKeys(owner, {})).items).toHaveLength(1);
  });
});

describe("an application's signing keys", () => {
  test("are made here with the private half shown once, or uploaded as PEM or JWK", async () => {
    const made = await createSigningKey(admin, { name: "Made" });
    expect(made.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    const pem = await createSigningKey(admin, { name: "PEM", publicKey: `\n${pemOf("rsa")}\n` });
    expect(pem).toMatchObject({ origin: "uploaded", privateKey: null });
    const jwk = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" });
    const uploaded = await createSigningKey(admin, { name: "JWK", publicKey: JSON.stringify({ ...jwk, kid: "app-1", use: "sig" }) });
    expect(uploaded.kid).toBe("app-1");
    const again = createSigningKey(admin, { name: "JWK", kid: "app-1", publicKey: pemOf("rsa") });
    await expect(again).rejects.toMatchObject({ code: "conflict", reason: "kidTaken" });
    // another institution's names are its own
    await createSigningKey(await makeMember(await makeInstitution(), "owner"), { name: "JWK", kid: "app-1", publicKey: pemOf("rsa") });
  });

  test.each([
    [
      "a private key as PEM",
      () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }),
      "key_private",
    ],
    [
      "a private key as JWK",
      () => JSON.stringify(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" })),
      "key_private",
    ],
    ["a secret as JWK", () => JSON.stringify({ kty: "oct", k: "AAAA" }), "key_private"],
    ["a short key", () => pemOf("rsa", 1024), "key_size"],
    ["a curve", () => generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }), "key_not_rsa"],
    ["RSA-PSS", () => pemOf("rsa-pss"), "key_not_rsa"],
    [
      "an exponent of three",
      () => generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 }).publicKey.export({ type: "spki", format: "pem" }),
      "key_exponent",
    ],
    [
      "an exponent of one",
      () => JSON.stringify({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" }), e: "AQ" }),
      "key_exponent",
    ],
    [
      "a key for encryption",
      () => JSON.stringify({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" }), use: "enc" }),
      "key_unreadable",
    ],
    ["a certificate", () => "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "key_unreadable"],
    ["words", () => "my key", "key_unreadable"],
    ["half a JWK", () => `{"kty":"RSA"`, "key_unreadable"],
    ["null as JWK", () => "{}", "key_unreadable"],
  ])("R53: %s is refused", async (_, given, code) => {
    const refused = createSigningKey(owner, { name: "Application", publicKey: String(given()) });
    await expect(refused).rejects.toMatchObject({ code: "validation", fields: [{ path: "publicKey", code }] });
  });

  test("R34: there are only so many at a time", async () => {
    const { limits } = env();
    const before = limits.signingKeysPerInstitution;
    limits.signingKeysPerInstitution = 1;
    try {
      await createSigningKey(owner, { name: "First", publicKey: pemOf("rsa") });
      await expect(createSigningKey(owner, { name: "Second", publicKey: pemOf("rsa") })).rejects.toMatchObject({
        reason: "signingKeyLimit",
      });
    } finally {
      limits.signingKeysPerInstitution = before;
    }
  });
});

function pemOf(type: "rsa" | "rsa-pss", modulusLength = 2048): string {
  const pair = type === "rsa" ? generateKeyPairSync("rsa", { modulusLength }) : generateKeyPairSync("rsa-pss", { modulusLength });
  return pair.publicKey.export({ type: "spki", format: "pem" }).toString();
}

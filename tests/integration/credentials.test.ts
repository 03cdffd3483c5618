import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { withBearer } from "@/lib/auth/credentials/bearer";
import { findKey } from "@/lib/auth/credentials/find-key";
import { newKey } from "@/lib/auth/credentials/key-format";
import { verifyUserToken } from "@/lib/auth/credentials/user-token";
import { may, requireMember, requirePermission } from "@/lib/auth/permissions";
import { SCOPES } from "@/lib/auth/scopes";
import { createAccessToken } from "@/lib/services/access-tokens/create";
import { revokeAccessToken } from "@/lib/services/access-tokens/revoke";
import { deleteAccount } from "@/lib/services/account/delete-account";
import { createKey } from "@/lib/services/keys/create";
import { revokeKey } from "@/lib/services/keys/revoke";
import { changeRole } from "@/lib/services/members/change-role";
import { removeMember } from "@/lib/services/members/remove-member";
import { createSigningKey } from "@/lib/services/signing-keys/create";
import { revokeSigningKey } from "@/lib/services/signing-keys/revoke";
import { makeInstitution, makeMember, stranger } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { type MemberContext, membershipOf, newInstitution, newMember, PASSWORD } from "@/tests/support/people";
import { makeKey } from "@/tests/support/programs";
import { queriesOf } from "@/tests/support/queries";
import { makeSigningKey, userToken } from "@/tests/support/tokens";

type Person = Context & { actor: SignedInMember };

const refusal = { code: "unauthenticated" };
/** BEGIN with its setting, the statement, COMMIT. */
const ONE_IN_TRANSACTION = 3;
const use = (key: string, access: "read" | "write" = "write") => withSecretKey(stranger(), key, access);
const bear = (token: string) => withBearer(stranger(), `Bearer ${token}`, "write");

let owner: Person;
let member: Person;
let institutionId: string;
let first: MemberContext;

// the very first institution of the database is made by the set-up, before any other
beforeAll(async () => {
  first = await newInstitution();
});

beforeEach(async () => {
  institutionId = await makeInstitution();
  [owner, member] = [await makeMember(institutionId, "owner"), await makeMember(institutionId)];
});

describe("what a check of a credential costs", () => {
  test("R52: a key costs one query, and then none; one that cannot be a key costs none at all", async () => {
    const { key } = await createKey(owner, { name: "Program", scopes: ["senders:read"] });
    expect(await queriesOf(() => findKey(key))).toBe(1);
    expect(await queriesOf(() => Promise.all([findKey(key), findKey(key)]))).toBe(0);
    const other = newKey("secret").key;
    expect(await queriesOf(() => findKey(other))).toBe(1);
    const impossible = [
      "",
      "sk_",
      `${key}0`,
      key.slice(0, -1),
      key.replace("sk_", "xk_"),
      key.toLowerCase(),
      ` ${key}`,
      `${key}\n`,
      "x".repeat(10_000),
    ];
    for (const text of [...impossible, wrongCheck(key)]) {
      expect([text, await queriesOf(() => findKey(text))]).toEqual([text, 0]);
      expect(await findKey(text)).toBeNull();
    }
  });

  test("R52: a bearer token costs one query, and then none; one with a wrong signature costs none at all", async () => {
    const { token } = await createAccessToken(owner, { name: "Token" });
    expect(await queriesOf(() => bear(token))).toBe(1);
    expect(await queriesOf(() => bear(token))).toBe(0);
    expect(await queriesOf(() => bear(`${token.slice(0, -5)}AAAAA`).catch(() => null))).toBe(0);
  });

  test("R52: a user's token costs one statement for all users of an institution", async () => {
    const pair = await makeSigningKey(institutionId);
    // what is around it opens and ends its transaction, which row-level security asks for
    expect(await queriesOf(() => verifyUserToken(institutionId, userToken(pair, "patient-1")))).toBeLessThanOrEqual(ONE_IN_TRANSACTION);
    expect(await queriesOf(() => verifyUserToken(institutionId, userToken(pair, "patient-2")))).toBe(0);
  });
});

describe("what a key is taken for", () => {
  test("R52: with the right first characters and another rest it is unknown", async () => {
    const { key, id } = await createKey(owner, { name: "Program", scopes: ["senders:read"] });
    const other = newKey("secret");
    await asAdmin("UPDATE api_key SET prefix = $2 WHERE id = $1", [id, other.prefix]);
    await expect(use(other.key)).rejects.toMatchObject(refusal);
    await expect(use(key)).rejects.toMatchObject(refusal);
  });

  test("R52: neither its hash nor what lists show of it opens anything, and no row holds it", async () => {
    const made = await createKey(owner, { name: "Program", scopes: ["senders:read"] });
    const [row] = await asAdmin<{ text: string; hash: string }>(
      "SELECT t::text AS text, encode(hash, 'hex') AS hash FROM api_key t WHERE id = $1",
      [made.id],
    );
    expect(row?.text).not.toContain(made.key.slice(20));
    for (const text of [row?.hash ?? "", made.hint, made.id]) {
      await expect(use(text)).rejects.toMatchObject(refusal);
    }
  });

  test("R52: once it is over it is over, also while it is remembered", async () => {
    const { key, id } = await makeKey(institutionId, { expiresAt: new Date(Date.now() + 2_000) });
    await use(key);
    await asAdmin("UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1", [id]);
    laterBy(2_001);
    await expect(use(key)).rejects.toMatchObject(refusal);
  });

  test("R52: a public key alone grants nothing, whatever it was given", async () => {
    const { key } = await makeKey(institutionId, { kind: "public", scopes: SCOPES });
    await expect(use(key, "read")).rejects.toMatchObject(refusal);
    await expect(bear(key)).rejects.toMatchObject(refusal);
    await expect(findKey(key)).resolves.toMatchObject({ kind: "public", institutionId });
  });

  test("R52: acts as its person within their role, and within its scopes", async () => {
    const { key } = await createKey(member, { name: "Program", scopes: ["contact_points:read"] });
    const reading = await use(key, "read");
    expect(reading.actor).toMatchObject({ type: "member", userId: member.actor.userId, role: "member" });
    expect([may(reading.actor, "contact_point:own"), may(reading.actor, "inbox:own"), may(reading.actor, "sender:read")]).toEqual([
      true,
      false,
      false,
    ]);
    const writing = await use(key, "write");
    expect(() => requirePermission(writing, "contact_point:own")).toThrow(expect.objectContaining({ reason: "scope" }));
    expect(() => requireMember(writing)).toThrow(expect.objectContaining({ code: "forbidden" }));
  });
});

describe("when a credential ends", () => {
  test("R52: a revoked key is refused on its next request, also while it is remembered", async () => {
    const { key, id } = await createKey(owner, { name: "Program", scopes: ["senders:read"] });
    await use(key);
    await revokeKey(owner, { keyId: id });
    await expect(use(key)).rejects.toMatchObject(refusal);
  });

  test("R52: a look-up that began before the revocation does not bring the key back", async () => {
    const { key, id } = await createKey(owner, { name: "Program", scopes: ["senders:read"] });
    for (let round = 0; round < 5; round += 1) {
      await asAdmin("UPDATE api_key SET revoked_at = NULL WHERE id = $1", [id]);
      await Promise.all([...Array.from({ length: 20 }, () => use(key).catch(() => null)), revokeKey(owner, { keyId: id })]);
      await expect(use(key)).rejects.toMatchObject(refusal);
    }
  });

  test("R52: what another process revokes is over here within five seconds", async () => {
    const { key, id } = await createKey(owner, { name: "Program", scopes: ["senders:read"] });
    const { token, id: tokenId } = await createAccessToken(owner, { name: "Token" });
    const pair = await makeSigningKey(institutionId);
    const given = userToken(pair, "patient-1");
    await Promise.all([use(key), bear(token), verifyUserToken(institutionId, given)]);
    await asAdmin("UPDATE api_key SET revoked_at = now() WHERE id = $1", [id]);
    await asAdmin("UPDATE access_token SET revoked_at = now() WHERE id = $1", [tokenId]);
    await asAdmin("UPDATE signing_key SET revoked_at = now() WHERE id = $1", [pair.id]);
    laterBy(5_000);
    for (const ask of [() => use(key), () => bear(token), () => verifyUserToken(institutionId, given)]) {
      await expect(ask()).rejects.toMatchObject(refusal);
    }
  });

  test("R52: a revoked access token and a revoked signing key are refused on the next request", async () => {
    const { token, id } = await createAccessToken(member, { name: "Token" });
    await bear(token);
    await revokeAccessToken(owner, { accessTokenId: id });
    await expect(bear(token)).rejects.toMatchObject(refusal);

    const pair = await makeSigningKey(institutionId);
    const given = userToken(pair, "patient-1");
    await expect(verifyUserToken(institutionId, given)).resolves.toMatchObject({ signingKeyId: pair.id });
    await revokeSigningKey(owner, { signingKeyId: pair.id });
    await expect(verifyUserToken(institutionId, given)).rejects.toMatchObject(refusal);
  });

  test("a signing key that is added is believed at once, beside the one before", async () => {
    const pair = await makeSigningKey(institutionId);
    await verifyUserToken(institutionId, userToken(pair, "patient-1"));
    const made = await createSigningKey(owner, { name: "Next" });
    const { createPrivateKey } = await import("node:crypto");
    const next = { kid: made.kid, privateKey: createPrivateKey(made.privateKey ?? "") };
    for (const each of [pair, next]) {
      await expect(verifyUserToken(institutionId, userToken(each, "patient-1"))).resolves.toMatchObject({ externalId: "patient-1" });
    }
  });

  test("R52: a removed member's keys and tokens are over at once, and stay so when they come back", async () => {
    const person = await newMember(first);
    const { key } = await createKey(person, { name: "Program", scopes: ["contact_points:write"] });
    const { token } = await createAccessToken(person, { name: "Token" });
    await Promise.all([use(key), bear(token)]);
    await removeMember(first, { memberId: await membershipOf(person) });
    await expect(use(key)).rejects.toMatchObject(refusal);
    await expect(bear(token)).rejects.toMatchObject(refusal);
    const [left] = await asAdmin<{ n: number }>("SELECT count(*)::int AS n FROM api_key WHERE user_id = $1", [person.actor.userId]);
    expect(left?.n).toBe(0);
  });

  test("R52: a deleted person's keys and tokens are over at once", async () => {
    const person = await newMember(first);
    const { key } = await createKey(person, { name: "Program", scopes: ["contact_points:write"] });
    const { token } = await createAccessToken(person, { name: "Token" });
    await Promise.all([use(key), bear(token)]);
    await deleteAccount(person, { password: PASSWORD });
    await expect(use(key)).rejects.toMatchObject(refusal);
    await expect(bear(token)).rejects.toMatchObject(refusal);
  });

  test("R52: a role that is taken away is gone from the next request on", async () => {
    const person = await newMember(first, "admin");
    const { key } = await createKey(person, { name: "Program", scopes: ["senders:write"] });
    const { token } = await createAccessToken(person, { name: "Token" });
    const mayBoth = async () => [may((await use(key)).actor, "sender:write"), may((await bear(token)).actor, "sender:write")];
    expect(await mayBoth()).toEqual([true, true]);
    await changeRole(first, { memberId: await membershipOf(person), role: "member" });
    expect(await mayBoth()).toEqual([false, false]);
  });
});

/** This process's clock, so much later than it is, to the end of the test. */
function laterBy(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: performance.timeOrigin + performance.now() + ms });
  onTestFinished(() => void vi.useRealTimers());
}

/** The same key with another last character. */
function wrongCheck(key: string): string {
  return key.slice(0, -1) + (key.endsWith("A") ? "B" : "A");
}

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/actor";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { findSigningKeys } from "@/lib/auth/credentials/find-signing-keys";
import { deleteAccount } from "@/lib/services/account/delete-account";
import { createKey } from "@/lib/services/keys/create";
import { getKey } from "@/lib/services/keys/get";
import { listKeys } from "@/lib/services/keys/list";
import { revokeKey } from "@/lib/services/keys/revoke";
import { changeRole } from "@/lib/services/members/change-role";
import { listKeptKeys } from "@/lib/services/members/list-kept-keys";
import { removeMember } from "@/lib/services/members/remove-member";
import { createSigningKey } from "@/lib/services/signing-keys/create";
import { getSigningKey } from "@/lib/services/signing-keys/get";
import { stranger } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { type MemberContext, membershipOf, newInstitution, newMember, PASSWORD } from "@/tests/support/people";

const refusal = { code: "unauthenticated" };
const use = (key: string) => withSecretKey(stranger(), key, "write");
const SCOPES = ["keys:write", "subscriptions:write", "senders:read"];

let first: MemberContext;
let owner: MemberContext;
let institutionId: string;

// the very first institution of the database is made by the set-up, before any other
beforeAll(async () => {
  first = await newInstitution();
});

beforeEach(() => {
  owner = first;
  ({ institutionId } = owner.actor);
});

const make = (ctx: Context, name: string, more: object = {}) => createKey(ctx, { name, owner: "institution", scopes: SCOPES, ...more });

/** A key, one that it made, and one that that one made. */
async function family(ctx: Context = owner, more: object = {}) {
  const parent = await make(ctx, "Parent", more);
  const child = await make(await use(parent.key), "Child");
  const grandchild = await make(await use(child.key), "Grandchild");
  await Promise.all([parent, child, grandchild].map(({ key }) => use(key)));
  return { parent, child, grandchild };
}

describe("a key that a key made", () => {
  test("R52: ends with it at its next request, and so does what that one made", async () => {
    const { parent, child, grandchild } = await family();
    const other = await make(owner, "Other");
    await revokeKey(owner, { keyId: parent.id });
    for (const { key, id } of [parent, child, grandchild]) {
      await expect(use(key)).rejects.toMatchObject(refusal);
      expect(await getKey(owner, { keyId: id })).toMatchObject({ state: "revoked" });
    }
    await expect(use(other.key)).resolves.toMatchObject({ actor: { institutionId } });
    const rows = await asAdmin<{ id: string; with: string | null }>(
      "SELECT object_id AS id, before->>'madeWith' AS with FROM audit_event WHERE institution_id = $1 AND action = 'apikey.revoked'",
      [institutionId],
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { id: parent.id, with: null },
        { id: child.id, with: parent.id },
        { id: grandchild.id, with: child.id },
      ]),
    );
  });

  test("R52: and not the other way round", async () => {
    const { parent, child, grandchild } = await family();
    await revokeKey(owner, { keyId: child.id });
    await expect(use(grandchild.key)).rejects.toMatchObject(refusal);
    await expect(use(parent.key)).resolves.toMatchObject({ actor: { institutionId } });
  });

  test("R52: none is made while its maker ends", async () => {
    for (let round = 0; round < 5; round += 1) {
      const parent = await make(owner, "Parent");
      const ctx = await use(parent.key);
      const made = Array.from({ length: 8 }, (_, at) => make(ctx, `Child ${at}`));
      await Promise.allSettled([...made.slice(0, 4), revokeKey(owner, { keyId: parent.id }), ...made.slice(4)]);
      const living = await asAdmin("SELECT 1 FROM api_key WHERE made_with_id = $1 AND revoked_at IS NULL", [parent.id]);
      expect(living).toEqual([]);
    }
  });

  test("R52: names the one that made it, which names it in turn", async () => {
    const { parent, child, grandchild } = await family();
    const signing = await createSigningKey(await use(child.key), { name: "Application" });
    expect(await getKey(owner, { keyId: child.id })).toMatchObject({ madeWith: { id: parent.id, name: "Parent" } });
    expect((await getKey(owner, { keyId: parent.id })).made).toEqual([
      { type: "api_key", id: child.id, name: "Child" },
      { type: "api_key", id: grandchild.id, name: "Grandchild" },
      { type: "signing_key", id: signing.id, name: "Application" },
    ]);
    expect(await getSigningKey(owner, { signingKeyId: signing.id })).toMatchObject({ madeWith: { id: child.id, name: "Child" } });
    // an application's users go on, unless whoever revokes says otherwise
    await revokeKey(owner, { keyId: grandchild.id });
    expect(await findSigningKeys(institutionId)).toContainEqual(expect.objectContaining({ id: signing.id }));
    await revokeKey(owner, { keyId: parent.id, signingKeys: true });
    expect(await findSigningKeys(institutionId)).not.toContainEqual(expect.objectContaining({ id: signing.id }));
    expect((await getKey(owner, { keyId: parent.id })).made).toEqual([]);
  });

  test("R52: a revoked key that another process still takes for good makes neither a key nor a signing key", async () => {
    const parent = await make(owner, "Parent");
    const ctx = await use(parent.key);
    await asAdmin("UPDATE api_key SET revoked_at = now() WHERE id = $1", [parent.id]);
    await expect(make(ctx, "Child")).rejects.toMatchObject(refusal);
    await expect(createSigningKey(ctx, { name: "Application" })).rejects.toMatchObject(refusal);
  });
});

describe("what somebody leaves behind", () => {
  test("R52: what their own key made goes with it, and nothing in another's name", async () => {
    for (const leave of [
      async (person: MemberContext) => void (await removeMember(owner, { memberId: await membershipOf(person) })),
      (person: MemberContext) => deleteAccount(person, { password: PASSWORD }),
    ]) {
      const person = await newMember(owner, "admin");
      const { parent, child, grandchild } = await family(person, { owner: "self" });
      const institutions = await make(person, "Institution's");
      await leave(person);
      for (const { key } of [parent, child, grandchild]) {
        await expect(use(key)).rejects.toMatchObject(refusal);
      }
      await expect(use(institutions.key)).resolves.toMatchObject({ actor: { type: "institution" } });
      const [left] = await asAdmin<{ n: number }>("SELECT count(*)::int AS n FROM api_key WHERE id = ANY($1)", [
        [parent.id, child.id, grandchild.id],
      ]);
      expect(left?.n).toBe(0);
    }
  });

  test("R52: none is made while they leave, and each that was ends in the log", async () => {
    for (const leave of [
      async (person: MemberContext) => void (await removeMember(owner, { memberId: await membershipOf(person) })),
      (person: MemberContext) => deleteAccount(person, { password: PASSWORD }),
    ]) {
      const person = await newMember(owner, "admin");
      const { id, key } = await make(person, "Own", { owner: "self" });
      const own = await use(key);
      const made = Array.from({ length: 12 }, (_, at) => make(own, `One's ${at}`));
      const [, ...settled] = await Promise.allSettled([leave(person), ...made]);
      const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
      const ended = await asAdmin<{ id: string }>(
        "SELECT object_id AS id FROM audit_event WHERE institution_id = $1 AND action = 'apikey.revoked' AND before->>'madeWith' = $2",
        [institutionId, id],
      );
      expect(refused.filter((code) => code !== "unauthenticated")).toEqual([]);
      expect(ended.map(({ id }) => id).sort()).toEqual(settled.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : [])).sort());
    }
  });

  test("R52: an institution's key goes on, and says that its maker has left", async () => {
    const person = await newMember(owner, "admin");
    const [key, signing] = [await make(person, "Server"), await createSigningKey(person, { name: "Application" })];
    expect(await getKey(owner, { keyId: key.id })).toMatchObject({ createdBy: person.actor.name, makerLeft: false });
    await removeMember(owner, { memberId: await membershipOf(person) });
    await expect(use(key.key)).resolves.toMatchObject({ actor: { type: "institution" } });
    expect(await getKey(owner, { keyId: key.id })).toMatchObject({ createdBy: person.actor.name, makerLeft: true });
    expect((await listKeys(owner, {})).items.find(({ id }) => id === key.id)).toMatchObject({ makerLeft: true });
    expect(await getSigningKey(owner, { signingKeyId: signing.id })).toMatchObject({ makerLeft: true });
  });

  test("R52: whoever removes them is told what they may have kept, and can end it with the same step", async () => {
    const person = await newMember(owner, "admin");
    const memberId = await membershipOf(person);
    const [server, signing] = [await make(person, "Server"), await createSigningKey(person, { name: "Application" })];
    const child = await make(await use(server.key), "Child");
    const [servers, childs] = [
      await createSigningKey(await use(server.key), { name: "Server's" }),
      await createSigningKey(await use(child.key), { name: "Child's" }),
    ];
    await make(person, "Shown to everybody", { kind: "public", scopes: ["subscriptions:write"] });
    const own = await make(person, "Own", { owner: "self" });
    const ending = await make(await use(own.key), "Own one's");
    const endings = await createSigningKey(await use(ending.key), { name: "Own one's" });
    const others = await make(owner, "Somebody else's");
    const othersToo = await createSigningKey(await use(others.key), { name: "Somebody else's" });
    expect(await listKeptKeys(owner, { memberId })).toEqual({
      items: [
        { type: "api_key", id: server.id, name: "Server" },
        { type: "signing_key", id: signing.id, name: "Application" },
        { type: "signing_key", id: childs.id, name: "Child's" },
        { type: "signing_key", id: endings.id, name: "Own one's" },
        { type: "signing_key", id: servers.id, name: "Server's" },
      ],
      ending: [{ type: "api_key", id: ending.id, name: "Own one's" }],
    });
    await removeMember(owner, { memberId, revokeKeys: true });
    for (const { key } of [server, child]) {
      await expect(use(key)).rejects.toMatchObject(refusal);
    }
    expect(await getKey(owner, { keyId: server.id })).toMatchObject({ state: "revoked", makerLeft: true });
    const living = (await findSigningKeys(institutionId)).map(({ id }) => id);
    expect(living).toContain(othersToo.id);
    expect(living.filter((id) => [signing, servers, childs, endings].some((one) => one.id === id))).toEqual([]);
  });

  test("nobody ends the institution's keys by leaving who could not end them before", async () => {
    const person = await newMember(owner, "admin");
    const server = await make(person, "Server");
    const memberId = await membershipOf(person);
    await changeRole(owner, { memberId, role: "member" });
    const now = { ...person, actor: { ...person.actor, role: "member" as const } };
    await expect(removeMember(now, { memberId, revokeKeys: true })).rejects.toMatchObject({ code: "forbidden" });
    await expect(listKeptKeys(now, { memberId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(use(server.key)).resolves.toMatchObject({ actor: { type: "institution" } });
  });
});

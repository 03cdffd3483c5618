import { beforeAll, expect, test } from "vitest";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import { createKey } from "@/lib/services/keys/create";
import { getKey } from "@/lib/services/keys/get";
import { createSigningKey } from "@/lib/services/signing-keys/create";
import { getSigningKey } from "@/lib/services/signing-keys/get";
import { post } from "@/tests/support/action-calls";
import { makeInstitution, makeMember, stranger } from "@/tests/support/institution";
import { asBrowser } from "@/tests/support/next";
import { asAdmin } from "@/tests/support/outbox";
import { readPage } from "@/tests/support/page-calls";

const KEY = "app/(console)/keys/[keyId]/page.tsx";
const MEMBER = "app/(console)/members/[memberId]/page.tsx";

type Member = Awaited<ReturnType<typeof makeMember>>;

let owner: Member;
let admin: Member;
let memberId: string;
let parent: { id: string; key: string };
let child: { id: string };
let signing: { id: string };

beforeAll(async () => {
  const institutionId = await makeInstitution();
  [owner, admin] = [await makeMember(institutionId, "owner"), await makeMember(institutionId, "admin")];
  const [row] = await asAdmin<{ id: string }>("SELECT id FROM membership WHERE user_id = $1", [admin.actor.userId]);
  memberId = row?.id ?? "";
  parent = await createKey(admin, { name: "Provisioning", owner: "institution", scopes: ["keys:write", "subscriptions:write"] });
  const ctx = await withSecretKey(stranger(), parent.key, "write");
  child = await createKey(ctx, { name: "Nightly import", owner: "institution", scopes: ["subscriptions:write"] });
  signing = await createSigningKey(ctx, { name: "Patient app" });
});

const read = async (as: Member, file: string, params: Record<string, string>) => {
  const visit = await asBrowser({ as }, () => readPage(file, { params }));
  return visit.kind === "answer" ? String(visit.value) : visit.kind;
};

test("a key's page leads to what was made with it", async () => {
  const page = await read(owner, KEY, { keyId: parent.id });
  for (const text of [`/keys/${child.id}`, `/keys/signing/${signing.id}`, "The API key that was made with it ends too", "signingKeys"]) {
    expect(page).toContain(text);
  }
  expect(page).not.toContain("no member any more");
  expect(await read(owner, KEY, { keyId: child.id })).not.toContain("Made with this key");
});

test("a member's page tells whoever manages them what they may have kept, and nobody else; also when they are no admin any more", async () => {
  const page = await read(owner, MEMBER, { memberId });
  for (const text of [`/keys/${parent.id}`, "may have kept them", "revokeKeys"]) {
    expect(page).toContain(text);
  }
  const own = await createKey(admin, { name: "Own", scopes: ["keys:write", "senders:read"] });
  const withOwn = await withSecretKey(stranger(), own.key, "write");
  const ending = await createKey(withOwn, { name: "Ends with it", owner: "institution", scopes: ["senders:read"] });
  expect(page).not.toContain("made with their own keys");
  const warned = await read(owner, MEMBER, { memberId });
  for (const text of ["made with their own keys and end with them", `/keys/${ending.id}`]) expect(warned).toContain(text);
  const plain = await makeMember(owner.actor.institutionId);
  expect(await read(plain, MEMBER, { memberId })).not.toContain(parent.id);
  await post("app/(console)/members/actions.ts#changeRoleAction", { as: owner }, { memberId, role: "member" });
  expect(await read(owner, MEMBER, { memberId })).toContain(`/keys/${parent.id}`);
});

test("what is ticked beside a removal and a revocation is done, and what is not is left", async () => {
  await post("app/(console)/members/actions.ts#removeMemberAction", { as: owner }, { memberId });
  expect(await getKey(owner, { keyId: parent.id })).toMatchObject({ state: "live", makerLeft: true });
  expect(await read(owner, KEY, { keyId: parent.id })).toContain("no member any more");
  await post("app/(console)/keys/actions.ts#revokeKeyAction", { as: owner }, { keyId: parent.id, signingKeys: "on" });
  expect(await getSigningKey(owner, { signingKeyId: signing.id })).toMatchObject({ state: "revoked" });

  const another = await makeMember(owner.actor.institutionId, "admin");
  const kept = await createKey(another, { name: "Server", owner: "institution", scopes: ["senders:read"] });
  const [row] = await asAdmin<{ id: string }>("SELECT id FROM membership WHERE user_id = $1", [another.actor.userId]);
  await post("app/(console)/members/actions.ts#removeMemberAction", { as: owner }, { memberId: row?.id ?? "", revokeKeys: "on" });
  expect(await getKey(owner, { keyId: kept.id })).toMatchObject({ state: "revoked" });
});

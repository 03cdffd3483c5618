import { beforeEach, expect, test } from "vitest";
import { env } from "@/lib/env";
import { revokeKey } from "@/lib/services/keys/revoke";
import { changeRole } from "@/lib/services/members/change-role";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";
import { slaunchxClient } from "@/tests/support/slaunchx";
import type { Person } from "@/tests/support/two-institutions";

let institutionId: string;
let owner: Person;
let admin: Person;
let key: string;
let keyId: string;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  institutionId = await makeInstitution();
  [owner, admin] = [await makeMember(institutionId, "owner"), await makeMember(institutionId, "admin")];
  ({ key, id: keyId } = await makeKey(institutionId, { userId: admin.actor.userId, scopes: ["keys:write", "subscriptions:write"] }));
});

/** A signing key, whose private half is answered once. */
const ask = () =>
  callProgram({
    file: "api/v1/signing-keys/route.ts",
    method: "POST",
    path: "/api/v1/signing-keys",
    headers: { "x-api-key": key, "idempotency-key": "once" },
    body: { name: "Application" },
  });

test("R54: an answer is replayed to nobody who may not ask for it any more", async () => {
  expect((await ask()).status).toBe(201);
  expect((await ask()).headers.get("idempotency-replay")).toBe("true");
  const [member] = await asAdmin<{ id: string }>("SELECT id FROM membership WHERE user_id = $1", [admin.actor.userId]);
  await changeRole(owner, { memberId: member?.id, role: "member" });
  const after = await ask();
  expect([after.status, after.headers.get("idempotency-replay")]).toEqual([403, null]);
  expect(await after.text()).not.toContain("PRIVATE KEY");
});

test("R54: nor with a key that was revoked", async () => {
  expect((await ask()).status).toBe(201);
  await revokeKey(owner, { keyId });
  expect((await ask()).status).toBe(401);
});

test("R54: another query is another request", async () => {
  const { send } = await slaunchxClient(admin);
  const headers = { "idempotency-key": "once" };
  expect((await send("channels/query", {}, { headers, query: "?page=0&size=5" })).status).toBe(200);
  expect((await send("channels/query", {}, { headers, query: "?size=5&page=0" })).headers.get("idempotency-replay")).toBe("true");
  expect((await send("channels/query", {}, { headers, query: "?page=1&size=5" })).status).toBe(422);
});

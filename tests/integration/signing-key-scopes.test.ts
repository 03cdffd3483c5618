import { expect, test } from "vitest";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import type { Scope } from "@/lib/auth/scopes";
import { env } from "@/lib/env";
import { createSigningKey } from "@/lib/services/signing-keys/create";
import { makeInstitution, makeMember, stranger } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";

test("R52: a key makes no signing key that could do more than it: who signs for a user has that user's subscriptions", async () => {
  const institutionId = await makeInstitution();
  const withScopes = async (scopes: Scope[]) => withSecretKey(stranger(), (await makeKey(institutionId, { scopes })).key, "write");
  await expect(createSigningKey(await withScopes(["keys:write"]), { name: "Mine" })).rejects.toMatchObject({
    code: "forbidden",
    reason: "scope",
    params: { scope: "subscriptions:write" },
  });
  expect(await asAdmin("SELECT 1 FROM signing_key WHERE institution_id = $1", [institutionId])).toEqual([]);
  await createSigningKey(await withScopes(["keys:write", "subscriptions:write"]), { name: "Ours" });
});

test("R34: so many pairs an hour are made for an institution; what is uploaded costs nothing and counts for nothing", async () => {
  Object.assign(env().limits, { signingPairsPerInstitutionHour: { max: 2, windowSec: 3600 } });
  const owner = await makeMember(await makeInstitution(), "owner");
  const { publicKey } = await createSigningKey(owner, { name: "One" });
  await createSigningKey(owner, { name: "Two" });
  await expect(createSigningKey(owner, { name: "Three" })).rejects.toMatchObject({ code: "rate_limited", reason: "signingPairs" });
  await createSigningKey(owner, { name: "Ours", kid: "ours", publicKey });
  await createSigningKey(await makeMember(await makeInstitution(), "owner"), { name: "Elsewhere" });
});

import { expect, test } from "vitest";
import { withSecretKey } from "@/lib/auth/credentials/actor-of-key";
import type { Scope } from "@/lib/auth/scopes";
import { createSigningKey } from "@/lib/services/signing-keys/create";
import { makeInstitution, stranger } from "@/tests/support/institution";
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

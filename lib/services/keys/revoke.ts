import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { forgetSigningKeys } from "@/lib/auth/credentials/find-signing-keys";
import { forgetCredential } from "@/lib/auth/credentials/remembered";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { lockInstitution } from "@/lib/services/institution/lock";
import { findKeyRow, KeyRef, withinReach } from "@/lib/services/keys/internal";
import { endKeys, idsOf, madeWith } from "@/lib/services/keys/lineage";
import { endSigningKeys } from "@/lib/services/signing-keys/end";

const RevokeKeyInput = z.strictObject({
  ...KeyRef.shape,
  /** Those that it made as well, on which users of an application may depend. */
  signingKeys: z.boolean().default(false),
});

/** Ends a key for good, and what it made: the next request is refused here at once, and by other processes within seconds (R52). */
export async function revokeKey(ctx: Context, raw: unknown): Promise<void> {
  const caller = requirePermission(ctx, "key:own");
  const { keyId, signingKeys } = parseInput(RevokeKeyInput, raw);
  if (signingKeys) {
    requirePermission(ctx, "key:write");
  }
  const { institutionId } = caller;
  const ended = await inInstitution(institutionId, async (tx) => {
    await lockInstitution(tx, institutionId);
    await findKeyRow(tx, withinReach(ctx, caller, "key:write"), keyId);
    const made = signingKeys ? await madeWith(tx, institutionId, keyId) : [];
    await endSigningKeys(tx, ctx, institutionId, idsOf(made, "signing_key"));
    return endKeys(tx, ctx, institutionId, [keyId]);
  });
  for (const id of [keyId, ...ended]) {
    forgetCredential(id);
  }
  if (signingKeys) {
    forgetSigningKeys(institutionId);
  }
}

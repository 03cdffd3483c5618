import type { Context } from "@/lib/auth/actor";
import { forgetCredential } from "@/lib/auth/credentials/remembered";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { AccessTokenRef, findTokenRow } from "@/lib/services/access-tokens/internal";
import { audit } from "@/lib/services/audit/record";
import { withinReach } from "@/lib/services/keys/internal";

/** Ends a bearer token before its time. */
export async function revokeAccessToken(ctx: Context, raw: unknown): Promise<void> {
  const caller = requirePermission(ctx, "key:own");
  const { accessTokenId: id } = parseInput(AccessTokenRef, raw);
  const { institutionId } = caller;
  const reach = withinReach(ctx, caller, "key:write");
  await inInstitution(institutionId, async (tx) => {
    const row = await findTokenRow(tx, reach, id);
    const revoked = await tx.accessToken.updateMany({ where: { institutionId, id, revokedAt: null }, data: { revokedAt: new Date() } });
    if (revoked.count === 1) {
      await audit(tx, institutionId, ctx, {
        action: "access_token.revoked",
        object: { type: "access_token", id },
        before: { name: row.name },
      });
    }
  });
  forgetCredential(id);
}

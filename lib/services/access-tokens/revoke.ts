import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { forgetCredential } from "@/lib/auth/credentials/remembered";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type AccessTokenRow, TOKEN_COLUMNS, TOKEN_TABLES } from "@/lib/services/access-tokens/dto";
import { audit } from "@/lib/services/audit/record";
import { withinReach } from "@/lib/services/keys/internal";

const AccessTokenRef = z.strictObject({ accessTokenId: z.string().refine(isId, { params: { reason: "invalid" } }) });

/** Ends a bearer token before its time. */
export async function revokeAccessToken(ctx: Context, raw: unknown): Promise<void> {
  const caller = requirePermission(ctx, "key:own");
  const { accessTokenId: id } = parseInput(AccessTokenRef, raw);
  const { institutionId } = caller;
  const reach = withinReach(ctx, caller, "key:write");
  await inInstitution(institutionId, async (tx) => {
    const [row] = await tx.$queryRaw<AccessTokenRow[]>`
      SELECT ${TOKEN_COLUMNS} FROM ${TOKEN_TABLES} WHERE ${reach} AND k.id = ${id}::uuid`;
    if (!row) {
      throw notFound();
    }
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

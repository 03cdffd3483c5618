import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { maskEmail } from "@/lib/core/email-address";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { voidMailedTokens } from "@/lib/services/people/mailed-token";

const RevokeInvitation = z.strictObject({ invitationId: z.string() });

/** Its link stops working at once. An owner's invitation is an owner's to take back. */
export async function revokeInvitation(ctx: Context, input: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "member:invite");
  const { invitationId } = parseInput(RevokeInvitation, input);
  if (!isId(invitationId)) {
    throw notFound();
  }
  await inInstitution(institutionId, async (tx) => {
    const [revoked] = await tx.$queryRaw<Array<{ email: string; role: string }>>`
      UPDATE invitation SET revoked_at = now()
       WHERE institution_id = ${institutionId}::uuid AND id = ${invitationId}::uuid AND accepted_at IS NULL AND revoked_at IS NULL
      RETURNING email, role::text AS role`;
    if (!revoked) {
      throw notFound();
    }
    if (revoked.role === "owner") {
      requirePermission(ctx, "owner:grant");
    }
    await voidMailedTokens(tx, { kind: "invitation", refId: invitationId });
    await audit(tx, institutionId, ctx, {
      action: "member.invitation_revoked",
      object: { type: "invitation", id: invitationId },
      before: { email: maskEmail(revoked.email), role: revoked.role },
    });
  });
}

import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { enterInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";

/** Ends the session that asks. */
export async function signOut(ctx: Context): Promise<void> {
  const actor = requireUser(ctx);
  await outsideInstitutions(async (tx) => {
    await tx.session.deleteMany({ where: { id: actor.sessionId, userId: actor.userId } });
    if (actor.type === "member") {
      await enterInstitution(tx, actor.institutionId);
      await audit(tx, actor.institutionId, ctx, { action: "session.revoked", object: { type: "session", id: actor.sessionId } });
    }
  });
}

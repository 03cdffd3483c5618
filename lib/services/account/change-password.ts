import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { enterInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { confirmPassword, lockUser } from "@/lib/services/people/confirm-password";
import { password } from "@/lib/services/people/fields";
import { newPasswordHash } from "@/lib/services/people/new-password";

const ChangePassword = z.strictObject({ currentPassword: password, newPassword: password });

/** Needs the current password, and signs every other browser out. */
export async function changePassword(ctx: Context, input: unknown): Promise<void> {
  const actor = requireUser(ctx);
  const given = parseInput(ChangePassword, input);
  const confirmed = await confirmPassword(ctx, actor, { path: "currentPassword", password: given.currentPassword });
  const passwordHash = await newPasswordHash("newPassword", given.newPassword, actor);
  await outsideInstitutions(async (tx) => {
    await lockUser(tx, confirmed);
    await tx.user.update({ where: { id: actor.userId }, data: { passwordHash } });
    await tx.session.deleteMany({ where: { userId: actor.userId, id: { not: actor.sessionId } } });
    await tx.tokenIndex.deleteMany({ where: { kind: "password_reset", refId: actor.userId } });
    if (actor.type === "member") {
      await enterInstitution(tx, actor.institutionId);
      await audit(tx, actor.institutionId, ctx, { action: "authn_password_change", object: { type: "user", id: actor.userId } });
    }
  });
}

import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { enterInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import { getPasswordReset } from "@/lib/services/account/get-password-reset";
import { audit } from "@/lib/services/audit/record";
import { password } from "@/lib/services/people/fields";
import { consumeMailedToken, findMailedToken } from "@/lib/services/people/mailed-token";
import { newPasswordHash } from "@/lib/services/people/new-password";

const ResetPassword = z.strictObject({ token: z.string().max(100), password });

/** The mailed token is the permission, and good once. Every session of the account ends. */
export async function resetPassword(ctx: Context, input: unknown): Promise<void> {
  const given = parseInput(ResetPassword, input);
  const user = await getPasswordReset(ctx, { token: given.token });
  const institutionId = (await findMailedToken("password_reset", given.token))?.institutionId;
  const passwordHash = await newPasswordHash("password", given.password, user);
  await outsideInstitutions(async (tx) => {
    const used = await consumeMailedToken(tx, "password_reset", given.token);
    const { count } = used
      ? await tx.user.updateMany({ where: { id: user.userId, deletedAt: null }, data: { passwordHash } })
      : { count: 0 };
    if (count !== 1) {
      throw notFound();
    }
    await tx.session.deleteMany({ where: { userId: user.userId } });
    if (institutionId) {
      await enterInstitution(tx, institutionId);
      const object = { type: "user", id: user.userId };
      await audit(tx, institutionId, ctx, { action: "authn_password_reset", object, after: { step: "done" } });
    }
  });
}

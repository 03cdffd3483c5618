import type { Context } from "@/lib/auth/actor";
import { AppError, fieldError } from "@/lib/core/errors";
import { verifyPassword } from "@/lib/crypto/password";
import { prisma } from "@/lib/db/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { countPasswordTry } from "@/lib/services/people/sign-in-limits";

export interface ConfirmedPassword {
  userId: string;
  passwordHash: string;
}

/** Asks a signed-in person for their password again, under the limits of signing in. */
export async function confirmPassword(
  ctx: Context,
  person: { userId: string; email: string },
  given: { path: string; password: string },
): Promise<ConfirmedPassword> {
  const takeBack = await countPasswordTry(person.email, ctx.request.ip);
  const user = await prisma().user.findUnique({ where: { id: person.userId }, select: { passwordHash: true } });
  const right = await verifyPassword(user?.passwordHash ?? null, given.password);
  if (!right || !user?.passwordHash) {
    throw fieldError(given.path, "password_wrong");
  }
  await takeBack();
  return { userId: person.userId, passwordHash: user.passwordHash };
}

/** Locks the person's row and makes sure that the password which was checked is still theirs. */
export async function lockUser(tx: Tx, { userId, passwordHash }: ConfirmedPassword): Promise<void> {
  const rows = await tx.$queryRaw<Array<{ password_hash: string | null }>>`
    SELECT password_hash FROM "user" WHERE id = ${userId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
  if (rows[0]?.password_hash !== passwordHash) {
    throw new AppError("conflict", { reason: "passwordChanged" });
  }
}

import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { parseEmailAddress } from "@/lib/core/email-address";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { hashPassword, needsRehash, verifyPassword } from "@/lib/crypto/password";
import { prisma } from "@/lib/db/client";
import { enterInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { requireHuman } from "@/lib/services/limits/require-human";
import { asPerson } from "@/lib/services/people/as-person";
import { password } from "@/lib/services/people/fields";
import { homeMembership } from "@/lib/services/people/memberships";
import { insertSession } from "@/lib/services/people/new-session";
import { accountHash, countPasswordTry } from "@/lib/services/people/sign-in-limits";
import type { SignedIn } from "@/lib/services/people/signed-in";

const SignIn = z.strictObject({ email: z.string().min(1).max(1024), password });

/** Open to all. Wrong password and unknown account get the same answer for the same work (R33). */
export async function signIn(ctx: Context, input: unknown): Promise<SignedIn> {
  const given = parseInput(SignIn, input);
  await requireHuman(ctx, "sign_in");
  const takeBack = await countPasswordTry(given.email, ctx.request.ip);
  const user = await findUser(given.email);
  const right = await verifyPassword(user?.passwordHash ?? null, given.password);
  if (!user?.passwordHash || !right) {
    await recordFailure(ctx, user, given.email);
    throw new AppError("unauthenticated", { reason: "signIn" });
  }
  const stored = user.passwordHash;
  const fresh = needsRehash(stored) ? await hashPassword(given.password) : stored;
  const home = await homeMembership(user);
  const institutionId = home?.institutionId ?? null;
  const sessionId = newId();
  const person = asPerson(ctx, { userId: user.id, sessionId, name: user.name, email: user.email });
  await outsideInstitutions(async (tx) => {
    // A password that was changed since it was checked signs nobody in.
    const current = await tx.$executeRaw`
      UPDATE "user" SET password_hash = ${fresh}, home_institution_id = coalesce(${institutionId}::uuid, home_institution_id)
       WHERE id = ${user.id}::uuid AND password_hash = ${stored} AND deleted_at IS NULL`;
    if (current !== 1) {
      throw new AppError("unauthenticated", { reason: "signIn" });
    }
    await insertSession(tx, ctx, { id: sessionId, userId: user.id, institutionId });
    if (institutionId) {
      await enterInstitution(tx, institutionId);
      await audit(tx, institutionId, person, { action: "authn_login_success", object: { type: "user", id: user.id } });
    }
  });
  await takeBack();
  return { sessionId, userId: user.id };
}

interface Account {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
  homeInstitutionId: string | null;
}

async function findUser(email: string): Promise<Account | null> {
  const parsed = parseEmailAddress(email);
  return prisma().user.findFirst({
    where: { emailCanonical: parsed.ok ? parsed.value.comparisonKey : "", deletedAt: null },
    select: { id: true, email: true, name: true, passwordHash: true, homeInstitutionId: true },
  });
}

// One short transaction with one write either way, so that an account's audit row does not show in the answer's time.
async function recordFailure(ctx: Context, user: Account | null, email: string): Promise<void> {
  const institutionId = user?.homeInstitutionId ?? null;
  await outsideInstitutions(async (tx) => {
    await enterInstitution(tx, institutionId ?? newId());
    if (user && institutionId) {
      await audit(tx, institutionId, ctx, { action: "authn_login_fail", object: { type: "user", id: user.id }, outcome: "refused" });
      return;
    }
    await tx.$executeRaw`
      INSERT INTO rate_bucket AS b (key, win, hits) VALUES (${`sign-in:unknown:${accountHash(email)}`}, date_bin('15 minutes', now(), 'epoch'), 1)
      ON CONFLICT (key, win) DO UPDATE SET hits = b.hits + 1`;
  });
}

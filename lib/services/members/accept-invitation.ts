import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { AppError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { asPerson } from "@/lib/services/people/as-person";
import { password, personName } from "@/lib/services/people/fields";
import { joinInstitution } from "@/lib/services/people/join";
import { consumeMailedToken } from "@/lib/services/people/mailed-token";
import { newPasswordHash } from "@/lib/services/people/new-password";
import { insertSession } from "@/lib/services/people/new-session";
import { findOpenInvitation, type OpenInvitation } from "@/lib/services/people/open-invitation";
import type { SignedIn } from "@/lib/services/people/signed-in";

const token = z.string().max(100);
const Join = z.object({ token });
const NewAccount = z.strictObject({ token, name: personName, password });

/**
 * Makes the reader of a mailed invitation a member; the token is the permission, and good once. Whoever has an account
 * with the invited address must be signed in to it; whoever has none makes one here, and is signed in.
 */
export async function acceptInvitation(ctx: Context, input: unknown): Promise<SignedIn> {
  const given = parseInput(Join, input);
  const invitation = await findOpenInvitation(given.token);
  if (ctx.actor.type === "member" || ctx.actor.type === "account") {
    if (ctx.actor.userId !== invitation.userId) {
      throw new AppError("conflict", { reason: "invitationOtherAccount" });
    }
    return joinSignedIn(ctx, requireUser(ctx), given.token, invitation);
  }
  if (invitation.userId) {
    throw new AppError("unauthenticated", { reason: "invitationSignIn" });
  }
  return joinWithNewAccount(ctx, input, invitation);
}

async function joinSignedIn(ctx: Context, actor: SignedIn, mailed: string, invitation: OpenInvitation): Promise<SignedIn> {
  const { institutionId } = invitation;
  const { userId, sessionId } = actor;
  await inInstitution(institutionId, async (tx) => {
    await useUp(tx, mailed, invitation);
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, name: true, locale: true } });
    await joinInstitution(tx, ctx, { institutionId, user, role: invitation.role });
    await tx.user.update({ where: { id: userId }, data: { homeInstitutionId: institutionId } });
    await tx.session.updateMany({ where: { id: sessionId, userId }, data: { institutionId } });
  });
  return { sessionId, userId };
}

async function joinWithNewAccount(ctx: Context, input: unknown, invitation: OpenInvitation): Promise<SignedIn> {
  const { token: mailed, name, password: chosen } = parseInput(NewAccount, input);
  const { institutionId, email, emailCanonical, role } = invitation;
  const passwordHash = await newPasswordHash("password", chosen, { email, name });
  const [userId, sessionId] = [newId(), newId()];
  const person = asPerson(ctx, { userId, sessionId, name, email });
  try {
    await inInstitution(institutionId, async (tx) => {
      await useUp(tx, mailed, invitation);
      await tx.user.create({ data: { id: userId, email, emailCanonical, name, passwordHash, homeInstitutionId: institutionId } });
      await audit(tx, institutionId, person, { action: "user.created", object: { type: "user", id: userId } });
      await joinInstitution(tx, person, { institutionId, user: { id: userId, name, locale: null }, role });
      await insertSession(tx, ctx, { id: sessionId, userId, institutionId });
    });
  } catch (error) {
    // An account for this address came to be in the meantime, by another institution's invitation.
    if (violatedConstraint(error) === "user_email_canonical_key") {
      throw new AppError("unauthenticated", { reason: "invitationSignIn" });
    }
    throw error;
  }
  return { sessionId, userId };
}

async function useUp(tx: Tx, mailed: string, { institutionId, invitationId }: OpenInvitation): Promise<void> {
  const accepted = (await consumeMailedToken(tx, "invitation", mailed))
    ? await tx.$executeRaw`
        UPDATE invitation SET accepted_at = now()
         WHERE institution_id = ${institutionId}::uuid AND id = ${invitationId}::uuid
           AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()`
    : 0;
  if (accepted !== 1) {
    throw notFound();
  }
}

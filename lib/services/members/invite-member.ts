import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { ROLES, requirePermission, requirePerson } from "@/lib/auth/permissions";
import { maskEmail } from "@/lib/core/email-address";
import { fieldError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { enforceLimit } from "@/lib/services/limits/hit";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { emailAddress } from "@/lib/services/people/fields";
import { issueMailedToken, voidMailedTokens } from "@/lib/services/people/mailed-token";

export const InviteMember = z.strictObject({ email: emailAddress, role: z.enum(ROLES) });

const TTL_DAYS = 7;
const DAY_SEC = 24 * 3600;

/** Mails a link that makes its reader a member. Inviting the same address again replaces the invitation before. */
export async function inviteMember(ctx: Context, input: unknown): Promise<{ id: string }> {
  const actor = requirePerson(ctx, "member:invite");
  const { email, role } = parseInput(InviteMember, input);
  if (role === "owner") {
    requirePermission(ctx, "owner:grant");
  }
  const { institutionId } = actor;
  await enforceLimit(`invitation:institution:${institutionId}`, env().limits.invitationsPerInstitutionDay, "invitationLimit");
  const id = newId();
  try {
    await inInstitution(institutionId, async (tx) => {
      const known = await findUser(tx, institutionId, email.comparisonKey);
      if (known?.isMember) {
        throw fieldError("email", "already_member");
      }
      await replaceOpenInvitation(tx, ctx, institutionId, email.comparisonKey);
      const { token, expiresAt } = await issueMailedToken(tx, { kind: "invitation", institutionId, refId: id, ttlSec: TTL_DAYS * DAY_SEC });
      await tx.invitation.create({
        data: {
          institutionId,
          id,
          email: email.canonical,
          emailCanonical: email.comparisonKey,
          role,
          invitedById: actor.userId,
          expiresAt,
        },
      });
      const institution = await tx.institution.findUniqueOrThrow({ where: { id: institutionId } });
      const maskedAddress = maskEmail(email.canonical);
      await enqueueMessage(tx, {
        institutionId,
        kind: "invitation",
        type: "email",
        maskedAddress,
        locale: known?.locale ?? institution.defaultLocale,
        ttlSec: DAY_SEC,
        payload: {
          kind: "invitation",
          to: email.canonical,
          institutionName: institution.name,
          inviterName: actor.name,
          role,
          link: `${env().appOrigin}/invitation/${token}`,
          expiresAt: expiresAt.toISOString(),
          validMinutes: (TTL_DAYS * DAY_SEC) / 60,
        },
      });
      await audit(tx, institutionId, ctx, {
        action: "member.invited",
        object: { type: "invitation", id },
        after: { email: maskedAddress, role },
      });
    });
  } catch (error) {
    if (violatedConstraint(error) === "invitation_open_key") {
      throw fieldError("email", "already_invited");
    }
    throw error;
  }
  return { id };
}

async function findUser(
  tx: Tx,
  institutionId: string,
  emailCanonical: string,
): Promise<{ locale: string | null; isMember: boolean } | undefined> {
  const rows = await tx.$queryRaw<Array<{ locale: string | null; isMember: boolean }>>`
    SELECT u.locale, m.id IS NOT NULL AS "isMember" FROM "user" u
      LEFT JOIN membership m ON m.user_id = u.id AND m.institution_id = ${institutionId}::uuid
     WHERE u.email_canonical = ${emailCanonical}`;
  return rows[0];
}

async function replaceOpenInvitation(tx: Tx, ctx: Context, institutionId: string, emailCanonical: string): Promise<void> {
  const open = await tx.$queryRaw<Array<{ id: string; role: string }>>`
    UPDATE invitation SET revoked_at = now()
     WHERE institution_id = ${institutionId}::uuid AND email_canonical = ${emailCanonical} AND accepted_at IS NULL AND revoked_at IS NULL
    RETURNING id, role::text AS role`;
  for (const invitation of open) {
    if (invitation.role === "owner") {
      requirePermission(ctx, "owner:grant");
    }
    await voidMailedTokens(tx, { kind: "invitation", refId: invitation.id });
  }
}

import type { Role } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { inInstitution } from "@/lib/db/unit-of-work";
import { findMailedToken } from "@/lib/services/people/mailed-token";

export interface OpenInvitation {
  institutionId: string;
  institutionName: string;
  invitationId: string;
  invitedBy: string;
  email: string;
  emailCanonical: string;
  role: Role;
  /** The account of the invited address, if there is one. */
  userId: string | null;
}

/** The invitation that a mailed token opens; not_found once it was used, taken back or is over. */
export async function findOpenInvitation(token: string): Promise<OpenInvitation> {
  const found = await findMailedToken("invitation", token);
  if (!found?.institutionId) {
    throw notFound();
  }
  const { institutionId, refId } = found;
  const [row] = await inInstitution(
    institutionId,
    (tx) => tx.$queryRaw<OpenInvitation[]>`
      SELECT i.institution_id AS "institutionId", n.name AS "institutionName", i.id AS "invitationId", coalesce(b.name, '') AS "invitedBy",
             i.email, i.email_canonical AS "emailCanonical", i.role::text AS role, u.id AS "userId"
        FROM invitation i JOIN institution n ON n.id = i.institution_id
        LEFT JOIN "user" b ON b.id = i.invited_by_id
        LEFT JOIN "user" u ON u.email_canonical = i.email_canonical
       WHERE i.institution_id = ${institutionId}::uuid AND i.id = ${refId}::uuid
         AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()`,
  );
  if (!row) {
    throw notFound();
  }
  return row;
}

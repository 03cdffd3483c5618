import type { Context } from "@/lib/auth/actor";
import { type Role, requirePermission } from "@/lib/auth/permissions";
import { inInstitution } from "@/lib/db/unit-of-work";

export interface InvitationDto {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
  expired: boolean;
}

const SHOWN = 200;

/** The invitations that nobody has accepted yet, newest first. */
export async function listInvitations(ctx: Context): Promise<InvitationDto[]> {
  const { institutionId } = requirePermission(ctx, "member:invite");
  const rows = await inInstitution(
    institutionId,
    (tx) => tx.$queryRaw<Array<Omit<InvitationDto, "createdAt" | "expiresAt"> & { createdAt: Date; expiresAt: Date }>>`
      SELECT i.id, i.email, i.role::text AS role, coalesce(u.name, '') AS "invitedBy", i.created_at AS "createdAt",
             i.expires_at AS "expiresAt", i.expires_at <= now() AS expired
        FROM invitation i LEFT JOIN "user" u ON u.id = i.invited_by_id
       WHERE i.institution_id = ${institutionId}::uuid AND i.accepted_at IS NULL AND i.revoked_at IS NULL
       ORDER BY i.created_at DESC, i.id DESC LIMIT ${SHOWN}`,
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() }));
}

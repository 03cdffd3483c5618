import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { type Role, requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { newestFirst } from "@/lib/services/newest-first";

export interface InvitationDto {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
  expired: boolean;
}

export const ListInvitations = z.strictObject(pageInput);

type InvitationRow = Omit<InvitationDto, "createdAt" | "expiresAt"> & { createdAt: Date; expiresAt: Date };

/** The invitations that nobody has accepted yet, newest first. */
export async function listInvitations(ctx: Context, input: unknown): Promise<Page<InvitationDto>> {
  const { institutionId } = requirePermission(ctx, "member:invite");
  const { limit, ...asked } = parseInput(ListInvitations, input);
  const { beyond, order, ...paged } = newestFirst("i", asked);
  const where = [Prisma.sql`i.institution_id = ${institutionId}::uuid AND i.accepted_at IS NULL AND i.revoked_at IS NULL`, ...beyond];
  const rows = await onceInInstitution(
    institutionId,
    (tx) => tx.$queryRaw<InvitationRow[]>`
      SELECT i.id, i.email, i.role::text AS role, coalesce(u.name, '') AS "invitedBy", i.created_at AS "createdAt",
             i.expires_at AS "expiresAt", i.expires_at <= now() AS expired
        FROM invitation i LEFT JOIN "user" u ON u.id = i.invited_by_id
       WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`,
  );
  const page = toPage(rows, { limit, ...paged });
  const toDto = (row: InvitationRow) => ({ ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() });
  return { ...page, items: page.items.map(toDto) };
}

import type { Caller } from "@/lib/auth/actor";
import { type Role, roleMay } from "@/lib/auth/permissions";
import { maskEmail } from "@/lib/core/email-address";

export interface MemberDto {
  id: string;
  name: string;
  /** Masked for those who do not manage members; one's own is always whole. */
  email: string;
  role: Role;
  joinedAt: string;
  isSelf: boolean;
}

export interface MemberRow {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: Date;
}

export function toMemberDto(row: MemberRow, viewer: Caller): MemberDto {
  const isSelf = row.userId === viewer.userId;
  return {
    id: row.id,
    name: row.name,
    email: isSelf || seesEmails(viewer) ? row.email : maskEmail(row.email),
    role: row.role,
    joinedAt: row.joinedAt.toISOString(),
    isSelf,
  };
}

export function seesEmails(viewer: Caller): boolean {
  return roleMay(viewer.role, "member:invite");
}

import { Prisma } from "@/lib/db/generated/client";
import { type CredentialState, stateOf } from "@/lib/services/keys/dto";

/** A bearer token as lists show it; the token itself was shown once. */
export interface AccessTokenDto {
  id: string;
  name: string;
  person: { id: string; name: string };
  state: CredentialState;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface AccessTokenRow {
  id: string;
  name: string;
  userId: string;
  userName: string;
  isExpired: boolean;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export const TOKEN_COLUMNS = Prisma.sql`
  k.id, k.name, k.user_id AS "userId", u.name AS "userName", k.expires_at <= now() AS "isExpired", k.created_at AS "createdAt",
  k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt"`;

export const TOKEN_TABLES = Prisma.sql`access_token k JOIN "user" u ON u.id = k.user_id`;

export function toAccessTokenDto(row: AccessTokenRow): AccessTokenDto {
  return {
    id: row.id,
    name: row.name,
    person: { id: row.userId, name: row.userName },
    state: stateOf(row),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

import { Prisma } from "@/lib/db/generated/client";
import { makerLeft } from "@/lib/services/keys/dto";

/** The public half of an application's key. There is nothing secret in it. */
export interface SigningKeyDto {
  id: string;
  name: string;
  kid: string;
  publicKey: string;
  origin: "generated" | "uploaded";
  state: "live" | "revoked";
  createdAt: string;
  createdBy: string | null;
  /** Who made it is no member any more, and may have kept the private half. */
  makerLeft: boolean;
  /** The API key that a program made it with. */
  madeWith: { id: string; name: string } | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface SigningKeyRow {
  id: string;
  name: string;
  kid: string;
  publicKey: string;
  origin: string;
  createdAt: Date;
  createdBy: string | null;
  makerLeft: boolean;
  madeWithId: string | null;
  madeWithName: string | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export const SIGNING_KEY_COLUMNS = Prisma.sql`
  s.id, s.name, s.kid, s.public_key AS "publicKey", s.origin, s.created_at AS "createdAt", c.name AS "createdBy", ${makerLeft("s")} AS "makerLeft",
  f.id AS "madeWithId", f.name AS "madeWithName", s.last_used_at AS "lastUsedAt", s.revoked_at AS "revokedAt"`;

export const SIGNING_KEY_TABLES = Prisma.sql`
  signing_key s LEFT JOIN "user" c ON c.id = s.created_by_id AND c.deleted_at IS NULL
  LEFT JOIN api_key f ON f.institution_id = s.institution_id AND f.id = s.made_with_id`;

export function toSigningKeyDto({ madeWithId, madeWithName, ...row }: SigningKeyRow): SigningKeyDto {
  return {
    ...row,
    madeWith: madeWithId === null ? null : { id: madeWithId, name: madeWithName ?? "" },
    origin: row.origin === "generated" ? "generated" : "uploaded",
    state: row.revokedAt === null ? "live" : "revoked",
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

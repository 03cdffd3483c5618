import type { KeyKind } from "@/lib/auth/credentials/key-format";
import type { Scope } from "@/lib/auth/scopes";
import { Prisma } from "@/lib/db/generated/client";

export const CREDENTIAL_STATES = ["live", "expired", "revoked"] as const;
export type CredentialState = (typeof CREDENTIAL_STATES)[number];

/** A key as lists show it. The key itself was shown once, to whoever made it. */
export interface KeyDto {
  id: string;
  kind: KeyKind;
  name: string;
  /** Its first and last characters, by which people know it again. */
  hint: string;
  /** The person it acts as; null: the institution. */
  person: { id: string; name: string } | null;
  scopes: Scope[];
  state: CredentialState;
  createdAt: string;
  createdBy: string | null;
  /** Who made it is no member any more, and may have kept it. */
  makerLeft: boolean;
  /** The key that a program made it with, and with which it ends. */
  madeWith: { id: string; name: string } | null;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface KeyRow {
  id: string;
  kind: KeyKind;
  name: string;
  prefix: string;
  last4: string;
  userId: string | null;
  userName: string | null;
  scopes: Scope[];
  isExpired: boolean;
  createdAt: Date;
  createdBy: string | null;
  makerLeft: boolean;
  madeWithId: string | null;
  madeWithName: string | null;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** Whether the person who made it, and saw it, is no member any more. */
export function makerLeft(alias: "k" | "s"): Prisma.Sql {
  const [institutionId, maker] = [Prisma.raw(`${alias}.institution_id`), Prisma.raw(`${alias}.created_by_id`)];
  return Prisma.sql`(${maker} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.institution_id = ${institutionId} AND m.user_id = ${maker}))`;
}

/** The hash is never read. */
export const KEY_COLUMNS = Prisma.sql`
  k.id, k.kind, k.name, k.prefix, k.last4, k.user_id AS "userId", u.name AS "userName", k.scopes, k.expires_at <= now() AS "isExpired",
  k.created_at AS "createdAt", c.name AS "createdBy", ${makerLeft("k")} AS "makerLeft", k.made_with_id AS "madeWithId",
  f.name AS "madeWithName", k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt"`;

export const KEY_TABLES = Prisma.sql`
  api_key k LEFT JOIN "user" u ON u.id = k.user_id LEFT JOIN "user" c ON c.id = k.created_by_id AND c.deleted_at IS NULL
  LEFT JOIN api_key f ON f.institution_id = k.institution_id AND f.id = k.made_with_id`;

const HINT_LENGTH = 7;

export function toKeyDto(row: KeyRow): KeyDto {
  const { id, kind, name, scopes, createdBy, makerLeft: hasLeft, madeWithId, madeWithName } = row;
  return {
    id,
    kind,
    name,
    hint: `${row.prefix.slice(0, HINT_LENGTH)}…${row.last4}`,
    person: row.userId === null ? null : { id: row.userId, name: row.userName ?? "" },
    scopes,
    state: stateOf(row),
    createdAt: row.createdAt.toISOString(),
    createdBy,
    makerLeft: hasLeft,
    madeWith: madeWithId === null ? null : { id: madeWithId, name: madeWithName ?? "" },
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

export function stateOf({ revokedAt, isExpired }: { revokedAt: Date | null; isExpired: boolean }): CredentialState {
  return revokedAt !== null ? "revoked" : isExpired ? "expired" : "live";
}

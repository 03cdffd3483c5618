import type { Caller, Context } from "@/lib/auth/actor";
import type { KeyKind } from "@/lib/auth/credentials/key-format";
import { AppError } from "@/lib/core/errors";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { auditAll } from "@/lib/services/audit/record";

/** What a program made with a key and is still valid. */
export interface MadeDto {
  type: "api_key" | "signing_key";
  id: string;
  name: string;
}

export function idsOf(made: readonly MadeDto[], wanted: MadeDto["type"]): string[] {
  return made.filter(({ type }) => type === wanted).map(({ id }) => id);
}

/** `tree`: some keys of an institution, those that were made with them, and so on. */
const treeOf = (institutionId: string, roots: Prisma.Sql) => Prisma.sql`
  WITH RECURSIVE tree AS (
    SELECT r.id FROM api_key r WHERE r.institution_id = ${institutionId}::uuid AND ${roots}
    UNION
    SELECT k.id FROM api_key k JOIN tree ON k.made_with_id = tree.id WHERE k.institution_id = ${institutionId}::uuid)`;

const among = (ids: readonly string[]) => Prisma.sql`r.id = ANY(${ids}::uuid[])`;

/**
 * Ends keys for good, with every key that was made with one of them (R52). The institution's row is locked, as it is while one
 * is made: none is made in between. Gives back those that ended, for this process to forget.
 */
export async function endKeys(tx: Tx, ctx: Context, institutionId: string, ids: readonly string[]): Promise<string[]> {
  const ended = await tx.$queryRaw<Array<{ id: string; name: string; kind: KeyKind; madeWith: string | null }>>`
    ${treeOf(institutionId, among(ids))}
    UPDATE api_key k SET revoked_at = now() FROM tree
     WHERE k.institution_id = ${institutionId}::uuid AND k.id = tree.id AND k.revoked_at IS NULL
    RETURNING k.id, k.name, k.kind, k.made_with_id AS "madeWith"`;
  await auditAll(tx, institutionId, ctx, ended.map(toEntry));
  return ended.map(({ id }) => id);
}

/**
 * As `endKeys`, of the keys that a person leaves with: theirs go with their membership, and so does what was made with them.
 * The institution's row is locked here too.
 */
export async function keysOfLeaver(tx: Tx, ctx: Context, institutionId: string, userId: string): Promise<string[]> {
  const keys = await tx.$queryRaw<Array<{ id: string; name: string; kind: KeyKind; madeWith: string | null; isOwn: boolean }>>`
    ${treeOf(institutionId, Prisma.sql`r.user_id = ${userId}::uuid`)}
    SELECT k.id, k.name, k.kind, k.made_with_id AS "madeWith", k.user_id IS NOT NULL AS "isOwn" FROM api_key k JOIN tree ON tree.id = k.id
     WHERE k.institution_id = ${institutionId}::uuid AND k.revoked_at IS NULL`;
  const shared = keys.filter(({ isOwn }) => !isOwn);
  await auditAll(tx, institutionId, ctx, shared.map(toEntry));
  return keys.map(({ id }) => id);
}

/** What is still valid of all that was made with a key. */
export async function madeWith(tx: Tx, institutionId: string, keyId: string): Promise<MadeDto[]> {
  return tx.$queryRaw<MadeDto[]>`
    ${treeOf(institutionId, among([keyId]))}
    SELECT 'api_key' AS type, k.id, k.name FROM api_key k JOIN tree ON tree.id = k.id
     WHERE k.institution_id = ${institutionId}::uuid AND k.id <> ${keyId}::uuid AND k.revoked_at IS NULL AND k.expires_at > now()
    UNION ALL
    SELECT 'signing_key', s.id, s.name FROM signing_key s JOIN tree ON tree.id = s.made_with_id
     WHERE s.institution_id = ${institutionId}::uuid AND s.revoked_at IS NULL
     ORDER BY 1, 3, 2`;
}

/** The institution's keys that were made with a person's own, and end with those. */
export function madeWithOwn(tx: Tx, institutionId: string, userId: string): Promise<MadeDto[]> {
  return tx.$queryRaw<MadeDto[]>`
    ${treeOf(institutionId, Prisma.sql`r.user_id = ${userId}::uuid`)}
    SELECT 'api_key' AS type, k.id, k.name FROM api_key k JOIN tree ON tree.id = k.id
     WHERE k.institution_id = ${institutionId}::uuid AND k.user_id IS NULL AND k.revoked_at IS NULL AND k.expires_at > now() ORDER BY 3, 2`;
}

/**
 * What a person made for the institution, or a program with a key that they saw, and they may have kept. A public key is no
 * secret; a key that another one made ends with that.
 */
export function findKept(tx: Tx, institutionId: string, userId: string): Promise<MadeDto[]> {
  return tx.$queryRaw<MadeDto[]>`
    ${treeOf(institutionId, Prisma.sql`(r.user_id = ${userId}::uuid OR r.created_by_id = ${userId}::uuid)`)}
    SELECT 'api_key' AS type, k.id, k.name FROM api_key k
      LEFT JOIN api_key f ON f.institution_id = k.institution_id AND f.id = k.made_with_id
     WHERE k.institution_id = ${institutionId}::uuid AND k.created_by_id = ${userId}::uuid AND k.user_id IS NULL AND k.kind = 'secret'
       AND f.user_id IS NULL AND k.revoked_at IS NULL AND k.expires_at > now()
    UNION ALL
    SELECT 'signing_key', s.id, s.name FROM signing_key s
     WHERE s.institution_id = ${institutionId}::uuid AND (s.created_by_id = ${userId}::uuid OR s.made_with_id IN (SELECT id FROM tree))
       AND s.revoked_at IS NULL
     ORDER BY 1, 3, 2`;
}

/** The key that a caller makes something with, and when it ends; null for somebody at the console. Asked in the maker's transaction. */
export async function makingKey(tx: Tx, { institutionId, credential }: Caller): Promise<{ id: string; expiresAt: Date } | null> {
  if (credential === undefined) {
    return null;
  }
  const [row] = await tx.$queryRaw<Array<{ id: string; expiresAt: Date }>>`
    SELECT id, expires_at AS "expiresAt" FROM api_key
     WHERE institution_id = ${institutionId}::uuid AND id = ${credential.id}::uuid AND revoked_at IS NULL`;
  if (!row) {
    throw new AppError("unauthenticated", { reason: "keyUnknown" });
  }
  return row;
}

function toEntry({ id, name, kind, madeWith: by }: { id: string; name: string; kind: KeyKind; madeWith: string | null }) {
  return { action: "apikey.revoked" as const, object: { type: "api_key", id }, before: { name, kind, ...(by ? { madeWith: by } : {}) } };
}

import { z } from "zod";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import type { Tx } from "@/lib/db/unit-of-work";
import type { SigningKeyRow } from "@/lib/services/signing-keys/dto";

export const SigningKeyRef = z.strictObject({ signingKeyId: z.string().refine(isId, { params: { reason: "invalid" } }) });

export async function findSigningKey(tx: Tx, institutionId: string, id: string): Promise<SigningKeyRow> {
  const [row] = await tx.$queryRaw<SigningKeyRow[]>`
    SELECT s.id, s.name, s.kid, s.public_key AS "publicKey", s.origin, s.created_at AS "createdAt", c.name AS "createdBy",
           s.last_used_at AS "lastUsedAt", s.revoked_at AS "revokedAt"
      FROM signing_key s LEFT JOIN "user" c ON c.id = s.created_by_id AND c.deleted_at IS NULL
     WHERE s.institution_id = ${institutionId}::uuid AND s.id = ${id}::uuid`;
  if (!row) {
    throw notFound();
  }
  return row;
}

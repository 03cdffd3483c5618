import { z } from "zod";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import type { Tx } from "@/lib/db/unit-of-work";
import { SIGNING_KEY_COLUMNS, SIGNING_KEY_TABLES, type SigningKeyRow } from "@/lib/services/signing-keys/dto";

export const SigningKeyRef = z.strictObject({ signingKeyId: z.string().refine(isId, { params: { reason: "invalid" } }) });

export async function findSigningKey(tx: Tx, institutionId: string, id: string): Promise<SigningKeyRow> {
  const [row] = await tx.$queryRaw<SigningKeyRow[]>`
    SELECT ${SIGNING_KEY_COLUMNS} FROM ${SIGNING_KEY_TABLES}
     WHERE s.institution_id = ${institutionId}::uuid AND s.id = ${id}::uuid`;
  if (!row) {
    throw notFound();
  }
  return row;
}

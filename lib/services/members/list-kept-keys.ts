import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { type MadeDto, madeWithOwn } from "@/lib/services/keys/lineage";

const ListKeptKeys = z.strictObject({ memberId: z.string() });

export interface KeptKeys {
  /** What a member made for the institution, saw, and may have kept: it goes on when they go, unless it is revoked. */
  items: MadeDto[];
  /** The institution's keys that were made with the member's own: they end with those when the member goes. */
  ending: MadeDto[];
}

/** What becomes of an institution's keys when one of its members goes. */
export async function listKeptKeys(ctx: Context, input: unknown): Promise<KeptKeys> {
  const { institutionId } = requirePermission(ctx, "key:read");
  const { memberId } = parseInput(ListKeptKeys, input);
  if (!isId(memberId)) {
    throw notFound();
  }
  return inInstitution(institutionId, async (tx) => {
    const member = await tx.membership.findUnique({
      where: { institutionId_id: { institutionId, id: memberId } },
      select: { userId: true },
    });
    if (member === null) {
      throw notFound();
    }
    const { userId } = member;
    return { items: await findKept(tx, institutionId, userId), ending: await madeWithOwn(tx, institutionId, userId) };
  });
}

/** A public key is no secret, and what was made with a person's own key goes with that. */
export function findKept(tx: Tx, institutionId: string, userId: string): Promise<MadeDto[]> {
  return tx.$queryRaw<MadeDto[]>`
    SELECT 'api_key' AS type, k.id, k.name FROM api_key k
      LEFT JOIN api_key f ON f.institution_id = k.institution_id AND f.id = k.made_with_id
     WHERE k.institution_id = ${institutionId}::uuid AND k.created_by_id = ${userId}::uuid AND k.user_id IS NULL AND k.kind = 'secret'
       AND f.user_id IS NULL AND k.revoked_at IS NULL AND k.expires_at > now()
    UNION ALL
    SELECT 'signing_key', s.id, s.name FROM signing_key s
     WHERE s.institution_id = ${institutionId}::uuid AND s.created_by_id = ${userId}::uuid AND s.revoked_at IS NULL
     ORDER BY 1, 3, 2`;
}

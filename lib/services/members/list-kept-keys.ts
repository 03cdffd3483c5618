import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { findKept, type MadeDto, madeWithOwn } from "@/lib/services/keys/lineage";

const ListKeptKeys = z.strictObject({ memberId: z.string() });

export interface KeptKeys {
  /** What a member may have kept, made by them or with a key that they saw: it goes on when they go, unless it is revoked. */
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

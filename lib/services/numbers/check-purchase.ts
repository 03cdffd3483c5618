import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError, notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { PhoneNumber } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import type { NumberDto } from "@/lib/services/numbers/dto";
import { NumberRef, readNumber, STALE_PURCHASE_SEC } from "@/lib/services/numbers/internal";
import { limitPurchases, purchase } from "@/lib/services/numbers/purchase";

/** Asks again about a purchase whose answer was lost: it is completed, or found to be impossible. */
export async function checkPurchase(ctx: Context, raw: unknown): Promise<NumberDto> {
  const actor = requirePermission(ctx, "number:write");
  const { numberId } = parseInput(NumberRef, raw);
  const { institutionId } = actor;
  await limitPurchases(institutionId);
  const row = await inInstitution(institutionId, (tx) => takeOver(tx, institutionId, numberId));
  return row ? purchase(ctx, actor, row, true) : inInstitution(institutionId, (tx) => readNumber(tx, institutionId, numberId));
}

/** The claim, for one asker at a time; null when there is nothing left to ask. */
async function takeOver(tx: Tx, institutionId: string, numberId: string): Promise<PhoneNumber | null> {
  const taken = await tx.$queryRaw<unknown[]>`
    UPDATE phone_number SET state = 'buying', updated_at = now()
     WHERE institution_id = ${institutionId}::uuid AND id = ${numberId}::uuid
       AND (state = 'lost' OR state = 'buying' AND updated_at < now() - make_interval(secs => ${STALE_PURCHASE_SEC})) RETURNING id`;
  const row = await tx.phoneNumber.findFirst({ where: { institutionId, id: numberId } });
  if (!row) {
    throw notFound();
  }
  if (taken.length === 0 && row.state !== "active") {
    throw new AppError("conflict", { reason: "numberBeingBought" });
  }
  return taken.length > 0 ? row : null;
}

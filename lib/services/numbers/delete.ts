import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError, notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { lockInstitution } from "@/lib/services/institution/lock";
import { auditNumber, NumberRef, STALE_PURCHASE_SEC } from "@/lib/services/numbers/internal";

/** Takes a number off the list. It stays with the provider, and its sender stays as one that is written by hand. */
export async function deleteNumber(ctx: Context, raw: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "number:write");
  const { numberId } = parseInput(NumberRef, raw);
  await inInstitution(institutionId, async (tx) => {
    await lockInstitution(tx, institutionId);
    const row = await tx.phoneNumber.findFirst({ where: { institutionId, id: numberId } });
    if (!row) {
      throw notFound();
    }
    if (row.state === "buying" && Date.now() - row.updatedAt.getTime() < STALE_PURCHASE_SEC * 1000) {
      throw new AppError("conflict", { reason: "numberBeingBought" });
    }
    await tx.sender.updateMany({ where: { institutionId, phoneNumberId: numberId }, data: { phoneNumberId: null, updatedAt: new Date() } });
    await tx.phoneNumber.delete({ where: { institutionId_id: { institutionId, id: numberId } } });
    await auditNumber(tx, ctx, row, { action: "number.deleted" });
  });
}

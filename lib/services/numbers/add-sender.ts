import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError, notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { lockInstitution } from "@/lib/services/institution/lock";
import type { NumberDto } from "@/lib/services/numbers/dto";
import { ensureSender, NumberRef, readNumber } from "@/lib/services/numbers/internal";

/** Makes the sender of a number whose own one was deleted; a number that has one keeps it. */
export async function addNumberSender(ctx: Context, raw: unknown): Promise<NumberDto> {
  const actor = requirePermission(ctx, "number:write");
  const { numberId } = parseInput(NumberRef, raw);
  const { institutionId } = actor;
  return inInstitution(institutionId, async (tx) => {
    // a second click waits here, and finds what the first one made
    await lockInstitution(tx, institutionId);
    const number = await tx.phoneNumber.findFirst({ where: { institutionId, id: numberId } });
    if (!number) {
      throw notFound();
    }
    if (number.state !== "active") {
      throw new AppError("conflict", { reason: "numberBeingBought" });
    }
    await ensureSender(tx, ctx, actor, number);
    return readNumber(tx, institutionId, numberId);
  });
}

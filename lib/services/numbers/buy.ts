import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import type { PhoneNumber } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { lockInstitution } from "@/lib/services/institution/lock";
import type { NumberDto } from "@/lib/services/numbers/dto";
import { findTextIntegration, openShop, ownNumber, readNumber, senderName } from "@/lib/services/numbers/internal";
import { limitPurchases, purchase } from "@/lib/services/numbers/purchase";
import { idSchema } from "@/lib/services/senders/fields";
import { refuseTooMany } from "@/lib/services/senders/internal";
import { destinationOf } from "@/lib/services/sms-spending/destination";

export const BuyNumberInput = z.strictObject({ integrationId: idSchema, number: ownNumber, name: senderName });
type Input = z.output<typeof BuyNumberInput>;

/**
 * Buys a number, and with it makes its sender. The claim is written before the provider is asked, so that a second
 * click finds it, and so that a purchase whose answer is lost is known of.
 */
export async function buyNumber(ctx: Context, raw: unknown): Promise<NumberDto> {
  const actor = requirePermission(ctx, "number:write");
  const input = parseInput(BuyNumberInput, raw);
  const { institutionId } = actor;
  await limitPurchases(institutionId);
  const claimed = await inInstitution(institutionId, (tx) => claim(tx, actor, input));
  if (!claimed.ours) {
    return inInstitution(institutionId, (tx) => readNumber(tx, institutionId, claimed.row.id));
  }
  return purchase(ctx, actor, claimed.row);
}

interface Claim {
  row: PhoneNumber;
  /** False: it was bought before. */
  ours: boolean;
}

async function claim(tx: Tx, actor: Caller, { integrationId, number, name }: Input): Promise<Claim> {
  const { institutionId, userId } = actor;
  await lockInstitution(tx, institutionId);
  const known = await tx.phoneNumber.findFirst({ where: { institutionId, number } });
  if (known) {
    await findTextIntegration(tx, institutionId, integrationId);
    return judgeKnown(known, integrationId);
  }
  await openShop(tx, institutionId, integrationId);
  await refuseTooMany(tx, institutionId);
  const row = await tx.phoneNumber.create({
    data: {
      institutionId,
      id: newId(),
      number,
      country: destinationOf(number).country,
      integrationId,
      origin: "bought",
      state: "buying",
      senderName: name,
      createdById: userId,
    },
  });
  return { row, ours: true };
}

/** The same purchase again is answered with what came of it; an unclear one is asked about on its own page. */
function judgeKnown(row: PhoneNumber, integrationId: string): Claim {
  if (row.origin !== "bought" || row.integrationId !== integrationId) {
    throw new AppError("conflict", { reason: "numberExists" });
  }
  if (row.state !== "active") {
    throw new AppError("conflict", { reason: "numberBeingBought" });
  }
  return { row, ours: false };
}

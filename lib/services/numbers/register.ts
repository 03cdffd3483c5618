import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { lockInstitution } from "@/lib/services/institution/lock";
import type { NumberDto } from "@/lib/services/numbers/dto";
import {
  addSender,
  auditNumber,
  ensureSender,
  findTextIntegration,
  ownNumber,
  readNumber,
  senderName,
} from "@/lib/services/numbers/internal";
import { idSchema } from "@/lib/services/senders/fields";
import { refuseTooMany } from "@/lib/services/senders/internal";
import { destinationOf } from "@/lib/services/sms-spending/destination";

export const RegisterNumberInput = z.strictObject({ integrationId: idSchema, number: ownNumber, name: senderName });

/** Registers a number that the institution has already, and makes its sender with it. */
export async function registerNumber(ctx: Context, raw: unknown): Promise<NumberDto> {
  const actor = requirePermission(ctx, "number:write");
  const { integrationId, number, name } = parseInput(RegisterNumberInput, raw);
  const { institutionId, userId } = actor;
  return inInstitution(institutionId, async (tx) => {
    // a second click waits here, and finds what the first one made
    await lockInstitution(tx, institutionId);
    await findTextIntegration(tx, institutionId, integrationId);
    const known = await tx.phoneNumber.findFirst({ where: { institutionId, number } });
    if (known) {
      if (known.origin !== "registered" || known.integrationId !== integrationId) {
        throw new AppError("conflict", { reason: "numberExists" });
      }
      await ensureSender(tx, ctx, actor, known);
      return readNumber(tx, institutionId, known.id);
    }
    await refuseTooMany(tx, institutionId);
    const row = await tx.phoneNumber.create({
      data: {
        institutionId,
        id: newId(),
        number,
        country: destinationOf(number).country,
        integrationId,
        origin: "registered",
        senderName: name,
        createdById: userId,
      },
    });
    await auditNumber(tx, ctx, row, { action: "number.registered" });
    await addSender(tx, ctx, actor, row);
    return readNumber(tx, institutionId, row.id);
  });
}

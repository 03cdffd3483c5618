import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { lockInstitution } from "@/lib/services/institution/lock";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { findSender } from "@/lib/services/senders/internal";
import { switchDefault } from "@/lib/services/senders/switch-default";

export const SetDefaultInput = z.strictObject({ senderId: idSchema, isDefault: z.boolean().default(true) });

/** Makes a sender the one of its type that messages go out from; the one before it is so no longer, at the same instant. */
export async function setDefaultSender(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const { institutionId } = actor;
  const { senderId, isDefault } = parseInput(SetDefaultInput, raw);
  return inInstitution(institutionId, async (tx) => {
    // one change of the default at a time
    await lockInstitution(tx, institutionId);
    const { type } = await findSender(tx, { institutionId }, senderId);
    if (type !== "email" && type !== "sms") {
      throw new AppError("precondition_failed", { reason: "senderHasNoDefault" });
    }
    await switchDefault(tx, ctx, actor, { id: senderId, type }, isDefault);
    return showSender(tx, institutionId, senderId);
  });
}

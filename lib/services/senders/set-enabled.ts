import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { lockSender, type SenderRow, whereKey } from "@/lib/services/senders/internal";
import { ACTIVE } from "@/lib/services/senders/prove";

const SetEnabledInput = z.strictObject({ senderId: idSchema, enabled: z.boolean() });

/** Switches a sender off, or on again as it was proven. What has changed since wants its proof first (R49). */
export async function setSenderEnabled(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const { senderId, enabled } = parseInput(SetEnabledInput, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const before = await lockSender(tx, actor, senderId);
    const change = enabled ? switchOn(before) : switchOff(before);
    if (change) {
      const by = { stateAt: new Date(), updatedById: actor.userId, updatedAt: new Date() };
      const after = await tx.sender.update({ where: whereKey(before), data: { ...change, ...by } });
      await audit(tx, actor.institutionId, ctx, {
        action: enabled ? "sender.enabled" : "sender.disabled",
        object: { type: "sender", id: senderId },
        before: { state: before.state },
        after: { state: after.state },
      });
    }
    return showSender(tx, actor.institutionId, senderId);
  });
}

function switchOff(row: SenderRow): Prisma.SenderUncheckedUpdateInput | null {
  return row.state === "inactive" ? null : { state: "inactive", stateReason: null, stateReply: null };
}

function switchOn(row: SenderRow): Prisma.SenderUncheckedUpdateInput | null {
  if (row.state === "active") {
    return null;
  }
  if (row.provenRevision !== row.revision) {
    throw new AppError("precondition_failed", { reason: "senderNotProven" });
  }
  return ACTIVE;
}

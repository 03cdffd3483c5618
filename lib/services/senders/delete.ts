import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { lockInstitution } from "@/lib/services/institution/lock";
import { removeIntegration } from "@/lib/services/integrations/internal";
import { SenderRef } from "@/lib/services/senders/fields";
import { lockSender, type SenderRow, whereKey } from "@/lib/services/senders/internal";
import { snapshot } from "@/lib/services/senders/snapshot";
import { voidSenderVerifications } from "@/lib/services/senders/void";

const DeleteSenderInput = SenderRef.extend({
  /** Its number stays, without a sender, for whoever makes another one for it. */
  keepNumber: z.boolean().default(false),
  /** Its account stays, for programs that name it with the next sender; it has a page to be deleted from. */
  keepAccount: z.boolean().default(false),
});

/**
 * Deletes a sender, unless something depends on it, and with the last one on it the account, unless that is to stay:
 * no password outlives what it was given for.
 */
export async function deleteSender(ctx: Context, raw: unknown): Promise<{ name: string }> {
  const actor = requirePermission(ctx, "sender:write");
  const { senderId, keepNumber, keepAccount } = parseInput(DeleteSenderInput, raw);
  const { institutionId } = actor;
  return inInstitution(institutionId, async (tx) => {
    await lockInstitution(tx, institutionId);
    const row = await lockSender(tx, actor, senderId, { siblings: true, whole: true });
    await refuseNeeded(tx, row, keepNumber);
    await voidSenderVerifications(tx, institutionId, [senderId]);
    await tx.sender.delete({ where: whereKey(row) });
    await audit(tx, institutionId, ctx, { action: "sender.deleted", object: { type: "sender", id: senderId }, before: snapshot(row) });
    const { integrationId } = row;
    // a chat account was there before its senders
    if (!keepAccount && row.type !== "chat" && !(await standsOn(tx, institutionId, integrationId))) {
      await removeIntegration(tx, ctx, row.integration);
    }
    return { name: row.name };
  });
}

async function standsOn(tx: Tx, institutionId: string, integrationId: string): Promise<boolean> {
  const where = { institutionId, integrationId };
  const found = [tx.sender.count({ where }), tx.phoneNumber.count({ where }), tx.connection.count({ where }), tx.endpoint.count({ where })];
  return (await Promise.all(found)).some((count) => count > 0);
}

/** What depends on a sender: messages that wait for it or are going through it, its number, and the others of its type as their default. */
async function refuseNeeded(tx: Tx, row: SenderRow, keepNumber: boolean): Promise<void> {
  const { institutionId, id, type } = row;
  if (row.isDefault) {
    const other = await tx.sender.findFirst({
      where: { institutionId, type, id: { not: id }, state: { not: "inactive" } },
      orderBy: { createdAt: "asc" },
      select: { name: true },
    });
    if (other) {
      throw new AppError("conflict", { reason: "senderIsDefault", params: { name: other.name } });
    }
  }
  if (row.phoneNumberId !== null && !keepNumber) {
    throw new AppError("conflict", { reason: "senderHasNumber", params: { number: row.fromNumber ?? "" } });
  }
  if (row.phoneNumberId !== null && (await tx.smsOptOut.count({ where: { institutionId, senderId: id } })) > 0) {
    // who told the number to stop must not be written to by its next sender
    throw new AppError("conflict", { reason: "senderHasOptOuts", params: { number: row.fromNumber ?? "" } });
  }
  const [waiting] = await tx.$queryRaw<Array<{ count: number }>>`
    SELECT count(*)::int AS count FROM message
     WHERE institution_id = ${institutionId}::uuid AND sender_id = ${id}::uuid AND state IN ('queued', 'sending') AND kind <> 'sender_verification'`;
  if (waiting && waiting.count > 0) {
    throw new AppError("conflict", { reason: "senderHasMessages", params: { count: waiting.count } });
  }
}

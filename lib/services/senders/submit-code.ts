import { z } from "zod";
import type { Context, MemberActor } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { readCode } from "@/lib/crypto/codes";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit, auditRefusal } from "@/lib/services/audit/record";
import { countSenderAttempt, limitSubmissions, type SenderAttempt, senderCodeMatches } from "@/lib/services/senders/challenge";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { findSender, lockSender, type SenderRow } from "@/lib/services/senders/internal";
import { openOrAudit } from "@/lib/services/senders/open-config";
import { proveSender } from "@/lib/services/senders/prove";
import { proveSignInAddress } from "@/lib/services/senders/sign-in-address";
import { vouchForWaiting } from "@/lib/services/senders/vouch";
import { verificationFailed } from "@/lib/services/verifications/attempt";

export const SubmitSenderCodeInput = z.strictObject({ senderId: idSchema, code: z.string().min(1).max(64) });

/** The code that came through a sender proves its settings: they are kept as the proven ones, and it is active. */
export async function submitSenderCode(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePerson(ctx, "sender:write");
  const { senderId, code: typed } = parseInput(SubmitSenderCodeInput, raw);
  await inInstitution(actor.institutionId, (tx) => findSender(tx, actor, senderId));
  await limitSubmissions(actor, ctx.request.ip);
  const attempt = await countSenderAttempt(actor, senderId);
  if (!attempt) {
    throw verificationFailed();
  }
  const code = readCode(typed);
  if (code === null || !senderCodeMatches(actor.institutionId, attempt, code)) {
    await auditRefusal(actor.institutionId, ctx, { action: "sender.verify_failed", object: { type: "sender", id: senderId } });
    throw verificationFailed();
  }
  return completeSenderVerification(ctx, actor, attempt);
}

/** Consumes the challenge once and proves exactly the revision that it was for (R7, R9, R10). */
export async function completeSenderVerification(ctx: Context, actor: MemberActor, attempt: SenderAttempt): Promise<SenderDetailDto> {
  const { institutionId } = actor;
  const proven = await inInstitution(institutionId, async (tx) => {
    const point = attempt.contactPointId === null ? await proveSignInAddress(tx, ctx, actor) : null;
    const before = await lockSender(tx, actor, attempt.senderId);
    await consume(tx, institutionId, attempt.id);
    if (before.revision !== attempt.revision) {
      throw verificationFailed();
    }
    const secrets = await openOrAudit(tx, ctx, before, true);
    if (secrets === null) {
      return null;
    }
    const after = await proveSender(tx, before, secrets, actor.userId);
    await verifyNumber(tx, before);
    await audit(tx, institutionId, ctx, {
      action: "sender.verified",
      object: { type: "sender", id: before.id },
      before: { state: before.state },
      after: { state: after.state, method: "code", ...(point ? { contactPoint: point } : {}) },
    });
    return showSender(tx, institutionId, before.id);
  });
  if (proven === null) {
    throw new AppError("precondition_failed", { reason: "secretUnreadable" });
  }
  await vouchForWaiting(ctx, institutionId, { besideSenderId: attempt.senderId });
  return proven;
}

/** What came from a number proves it as well, whatever becomes of its sender. */
async function verifyNumber(tx: Tx, { institutionId, phoneNumberId }: SenderRow): Promise<void> {
  if (phoneNumberId !== null) {
    await tx.phoneNumber.updateMany({
      where: { institutionId, id: phoneNumberId, verifiedAt: null },
      data: { verifiedAt: new Date(), updatedAt: new Date() },
    });
  }
}

async function consume(tx: Tx, institutionId: string, id: string): Promise<void> {
  const consumed = await tx.$queryRaw<unknown[]>`
    UPDATE sender_verification SET consumed_at = now()
     WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid AND consumed_at IS NULL AND voided_at IS NULL
    RETURNING id`;
  if (consumed.length === 0) {
    throw verificationFailed();
  }
}

import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { DiagnosisResult } from "@/lib/channels/diagnosis";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { climb, takeTurn } from "@/lib/services/senders/check";
import { readCheck } from "@/lib/services/senders/diagnose";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { SenderRef } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { findSender, lockSender } from "@/lib/services/senders/internal";
import { openOrAudit } from "@/lib/services/senders/open-config";
import { ownAddressNeeded } from "@/lib/services/senders/own-address";
import { proveSender } from "@/lib/services/senders/prove";
import { voidSenderVerifications } from "@/lib/services/senders/void";
import { vouchForWaiting } from "@/lib/services/senders/vouch";

/**
 * Activates a sender as a program does: the diagnosis is run up to the recipient first, and what it finds refuses (R49).
 * One that is active as it stands is left as it is.
 */
export async function activateSender(ctx: Context, raw: unknown, signal?: AbortSignal): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const { institutionId } = actor;
  const { senderId } = parseInput(SenderRef, raw);
  const looked = await inInstitution(institutionId, async (tx) => {
    const row = await findSender(tx, actor, senderId);
    const done = row.state === "active" && row.provenRevision === row.revision;
    return done ? "active" : readCheck(tx, ctx, actor, { senderId, whole: false, send: false });
  });
  if (looked === "active") {
    return inInstitution(institutionId, (tx) => showSender(tx, institutionId, senderId));
  }
  if (looked === null) {
    throw new AppError("precondition_failed", { reason: "secretUnreadable" });
  }
  if (looked.to === null) {
    throw ownAddressNeeded(looked.provider.channel);
  }
  const turn = await takeTurn(actor, looked);
  let result: DiagnosisResult | null = null;
  for await (const event of climb(ctx, actor, looked, turn, signal)) {
    result = event.type === "result" ? event.result : result;
  }
  if (result?.verdict !== "ok") {
    throw checkFailed(result);
  }
  const activated = await inInstitution(institutionId, async (tx) => {
    const before = await lockSender(tx, actor, senderId);
    const secrets = before.revision === looked.savedRevision ? await openOrAudit(tx, ctx, before, true) : null;
    if (secrets === null) {
      throw new AppError("conflict", { reason: "settingsChanged" });
    }
    await voidSenderVerifications(tx, institutionId, [senderId]);
    const after = await proveSender(tx, before, secrets, actor.userId);
    await audit(tx, institutionId, ctx, {
      action: "sender.enabled",
      object: { type: "sender", id: senderId },
      before: { state: before.state },
      after: { state: after.state, method: "diagnosis" },
    });
    return showSender(tx, institutionId, senderId);
  });
  await vouchForWaiting(ctx, institutionId, { besideSenderId: senderId });
  return activated;
}

function checkFailed(result: DiagnosisResult | null): AppError {
  const found = result?.steps.find(({ problem }) => problem?.code === result.problem)?.problem;
  return new AppError("conflict", { reason: "senderCheckFailed", params: { ...found?.params, problem: result?.problem ?? "unknown" } });
}

import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pushSubject, WEB_PUSH, type WebPushConfig } from "@/lib/channels/providers/web-push";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { lockSender } from "@/lib/services/senders/internal";

export const SetPushSubjectInput = z.strictObject({ senderId: idSchema, subject: pushSubject });

/** Changes whom push services turn to. The key pair stays: with another one every browser would have to subscribe anew. */
export async function setPushSubject(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const { senderId, subject } = parseInput(SetPushSubjectInput, raw);
  const { institutionId, userId } = actor;
  return inInstitution(institutionId, async (tx) => {
    const { integration } = await lockSender(tx, actor, senderId, { siblings: true });
    if (integration.provider !== WEB_PUSH.id) {
      throw new AppError("precondition_failed", { reason: "unknownProvider" });
    }
    const config = integration.config as unknown as WebPushConfig;
    if (config.subject !== subject) {
      await tx.integration.update({
        where: { institutionId_id: { institutionId, id: integration.id } },
        data: { config: { ...config, subject }, updatedById: userId, updatedAt: new Date() },
      });
      const [before, after] = [{ subject: config.subject }, { subject }];
      const account = { type: "integration", id: integration.id };
      await audit(tx, institutionId, ctx, { action: "integration.updated", object: account, before, after });
      await audit(tx, institutionId, ctx, { action: "sender.updated", object: { type: "sender", id: senderId }, before, after });
    }
    return showSender(tx, institutionId, senderId);
  });
}

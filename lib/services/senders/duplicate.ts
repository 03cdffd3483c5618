import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import type { PlainConfig } from "@/lib/services/integrations/config";
import { insertIntegration } from "@/lib/services/integrations/internal";
import type { SecretFacts } from "@/lib/services/integrations/secrets";
import { insertSender } from "@/lib/services/senders/create";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema, senderFields } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { lockRoom, lockSender, requireAvailable } from "@/lib/services/senders/internal";
import { openOrAudit } from "@/lib/services/senders/open-config";

export const DuplicateSenderInput = z.strictObject({ senderId: idSchema, name: senderFields.name });

/**
 * A second sender with the same settings, on an account of its own: to change one is not to change the other. It is
 * pending and nobody's default, and a number stays with the one that has it.
 */
export async function duplicateSender(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const { senderId, name } = parseInput(DuplicateSenderInput, raw);
  const { institutionId } = actor;
  const copy = await inInstitution(institutionId, async (tx) => {
    await lockRoom(tx, institutionId);
    const row = await lockSender(tx, actor, senderId, { siblings: true });
    const { integration } = row;
    const secrets = await openOrAudit(tx, ctx, row, true);
    if (secrets === null) {
      return null;
    }
    const account = await insertIntegration(tx, ctx, actor, {
      name,
      type: requireAvailable(integration.provider),
      config: integration.config as PlainConfig,
      secrets,
      facts: integration.secretFacts as SecretFacts,
    });
    const { type, remark, host, fromAddress, fromName, fromNumber, ratePerMinute } = row;
    const metadata = row.metadata as Prisma.InputJsonObject;
    const data = { type, name, remark, host, fromAddress, fromName, fromNumber, ratePerMinute, metadata, integrationId: account.id };
    const made = await insertSender(tx, ctx, actor, data, "sender.duplicated");
    return showSender(tx, institutionId, made.id);
  });
  if (copy === null) {
    throw new AppError("precondition_failed", { reason: "secretUnreadable" });
  }
  return copy;
}

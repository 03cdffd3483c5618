import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError, fieldError, notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { lockInstitution } from "@/lib/services/institution/lock";
import { lockIntegration } from "@/lib/services/integrations/internal";
import { ownNumber } from "@/lib/services/numbers/internal";
import type { BoundSenderDto } from "@/lib/services/senders/bound-dto";
import { freeMetadata, holdDomainFor } from "@/lib/services/senders/bound-fields";
import { insertSender } from "@/lib/services/senders/create";
import { idSchema, senderFields } from "@/lib/services/senders/fields";
import { showBoundSender } from "@/lib/services/senders/get-bound";
import { refuseTooMany, requireDelivering } from "@/lib/services/senders/internal";
import { switchDefault } from "@/lib/services/senders/switch-default";
import { vouchFor } from "@/lib/services/senders/vouch";

const common = {
  name: senderFields.name,
  integrationId: idSchema,
  isDefault: z.boolean().default(false),
  metadata: freeMetadata.default({}),
};

const CreateBoundSenderInput = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("email"), ...common, fromAddress: senderFields.fromAddress, emailDomainId: idSchema }),
  z.strictObject({ type: z.literal("sms"), ...common, fromNumber: ownNumber, phoneNumberId: idSchema }),
]);

type Input = z.output<typeof CreateBoundSenderInput>;

/**
 * Adds a sender to an account that is there, bound to an email domain or a number that is there. It needs no code of its
 * own: it sends once the account is proven and the domain or number verified, which may be at once.
 */
export async function createBoundSender(ctx: Context, raw: unknown): Promise<BoundSenderDto> {
  const actor = requirePermission(ctx, "sender:write");
  const input = parseInput(CreateBoundSenderInput, raw);
  const { institutionId } = actor;
  return inInstitution(institutionId, async (tx) => {
    await lockInstitution(tx, institutionId);
    const account = await lockIntegration(tx, institutionId, input.integrationId);
    const from = input.type === "email" ? await boundAddress(tx, institutionId, input) : await boundNumber(tx, institutionId, input);
    if (account.channel !== input.type) {
      throw fieldError("integrationId", "integration_kind");
    }
    requireDelivering(account.provider);
    await refuseTooMany(tx, institutionId);
    const { name, type, integrationId, isDefault } = input;
    const metadata = input.metadata as Prisma.InputJsonObject;
    const row = await insertSender(tx, ctx, actor, { name, type, integrationId, metadata, bound: true, ...from });
    if (isDefault) {
      await switchDefault(tx, ctx, actor, row, true);
    }
    await vouchFor(tx, ctx, institutionId, row.id);
    return showBoundSender(tx, institutionId, row.id);
  });
}

async function boundAddress(tx: Tx, institutionId: string, { emailDomainId, fromAddress }: Extract<Input, { type: "email" }>) {
  await holdDomainFor(tx, institutionId, emailDomainId, fromAddress);
  return { emailDomainId, fromAddress };
}

/** A number has its sender from the moment it is bought or registered; only where that one was deleted is there room for another. */
async function boundNumber(tx: Tx, institutionId: string, { phoneNumberId, fromNumber, integrationId }: Extract<Input, { type: "sms" }>) {
  const number = await tx.phoneNumber.findFirst({
    where: { institutionId, id: phoneNumberId },
    include: { senders: { select: { id: true } } },
  });
  if (!number) {
    throw notFound();
  }
  if (number.number !== fromNumber) {
    throw fieldError("fromNumber", "number_differs");
  }
  if (number.integrationId !== integrationId) {
    throw fieldError("integrationId", "integration_not_of_number");
  }
  const [sender] = number.senders;
  if (sender) {
    throw new AppError("conflict", { reason: "numberHasSender", params: { id: sender.id } });
  }
  if (number.state !== "active") {
    throw new AppError("conflict", { reason: "numberBeingBought" });
  }
  return { phoneNumberId, fromNumber };
}

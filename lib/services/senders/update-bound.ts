import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { fieldError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { lockInstitution } from "@/lib/services/institution/lock";
import type { BoundSenderDto } from "@/lib/services/senders/bound-dto";
import { freeMetadata, holdDomainFor } from "@/lib/services/senders/bound-fields";
import { idSchema, senderFields } from "@/lib/services/senders/fields";
import { showBoundSender } from "@/lib/services/senders/get-bound";
import { lockSender, type SenderRow, whereKey } from "@/lib/services/senders/internal";
import { raiseRevision } from "@/lib/services/senders/raise-revision";
import { difference, snapshot } from "@/lib/services/senders/snapshot";
import { switchDefault } from "@/lib/services/senders/switch-default";
import { vouchFor } from "@/lib/services/senders/vouch";

/** Of the names in its metadata, what an audit row holds. */
const KEYS_LENGTH = 200;

const UpdateBoundSenderInput = z.strictObject({
  senderId: idSchema,
  name: senderFields.name.optional(),
  isDefault: z.boolean().optional(),
  metadata: freeMetadata.optional(),
  /** Of a mail sender: another address in the domain that it is bound to, or another domain that holds it. */
  fromAddress: senderFields.fromAddress.optional(),
  emailDomainId: idSchema.optional(),
});

type Input = z.output<typeof UpdateBoundSenderInput>;

/** Changes what is given. What it writes from stays within a domain of the institution's; its account and its number stay. */
export async function updateBoundSender(ctx: Context, raw: unknown): Promise<BoundSenderDto> {
  const actor = requirePermission(ctx, "sender:write");
  const input = parseInput(UpdateBoundSenderInput, raw);
  const { institutionId } = actor;
  return inInstitution(institutionId, async (tx) => {
    await lockInstitution(tx, institutionId);
    const { emailDomainId } = await showBoundSender(tx, institutionId, input.senderId);
    const before = await lockSender(tx, actor, input.senderId);
    const { domain, ...from } = await changeFrom(tx, before, input, emailDomainId);
    await changeFields(tx, ctx, actor, before, { ...input, ...from }, domain);
    if (input.isDefault !== undefined) {
      await switchDefault(tx, ctx, actor, before, input.isDefault);
    }
    return showBoundSender(tx, institutionId, before.id);
  });
}

type From = { domain?: string; fromAddress?: string; emailDomainId?: string };

/** What of its address and domain is another than before. */
async function changeFrom(tx: Tx, row: SenderRow, input: Input, domainBefore: string | null): Promise<From> {
  if (input.fromAddress === undefined && input.emailDomainId === undefined) {
    return {};
  }
  if (row.fromAddress === null) {
    throw fieldError(input.fromAddress === undefined ? "emailDomainId" : "fromAddress", "unknown");
  }
  const fromAddress = input.fromAddress ?? row.fromAddress;
  const emailDomainId = input.emailDomainId ?? domainBefore;
  if (emailDomainId === null) {
    throw fieldError("emailDomainId", "required");
  }
  const domain = await holdDomainFor(tx, row.institutionId, emailDomainId, fromAddress);
  return { domain, fromAddress, emailDomainId };
}

async function changeFields(tx: Tx, ctx: Context, actor: Caller, before: SenderRow, input: Input, domain = ""): Promise<void> {
  const { senderId: _senderId, isDefault: _isDefault, ...fields } = input;
  const changed = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof fields]),
  );
  if (changed.length === 0) {
    return;
  }
  const data = Object.fromEntries(changed) as Prisma.SenderUncheckedUpdateInput;
  const moved = "fromAddress" in data;
  const bound = "emailDomainId" in data ? { bound: true } : {};
  const after = await tx.sender.update({
    where: whereKey(before),
    data: { ...data, ...bound, updatedById: actor.userId, updatedAt: new Date() },
  });
  if (moved) {
    await raiseRevision(tx, actor, { senderId: before.id });
  }
  const [was, is] = difference(snapshot(before), snapshot(after));
  const metadata =
    "metadata" in data
      ? {
          metadata: Object.keys(after.metadata as object)
            .join(", ")
            .slice(0, KEYS_LENGTH),
        }
      : {};
  await audit(tx, actor.institutionId, ctx, {
    action: "sender.updated",
    object: { type: "sender", id: before.id },
    before: was,
    after: { ...is, ...metadata, ...("emailDomainId" in data ? { domain } : {}) },
  });
  await vouchFor(tx, ctx, actor.institutionId, before.id);
}

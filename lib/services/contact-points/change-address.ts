import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { ContactPointType } from "@/lib/channels/define";
import { requireContactPointType } from "@/lib/channels/registry";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { ContactPoint, Prisma } from "@/lib/db/generated/client";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import {
  addressTaken,
  findContactPoint,
  idSchema,
  lockContactPoint,
  parseConfig,
  plainConfig,
  whereKey,
} from "@/lib/services/contact-points/internal";
import { requireHuman } from "@/lib/services/limits/require-human";
import { notifyOthers } from "@/lib/services/notices/notify-others";
import { refuseForbiddenCountry } from "@/lib/services/sms-spending/forbidden-country";
import { countSend } from "@/lib/services/verifications/count-send";
import { issueVerification } from "@/lib/services/verifications/issue";

export const ChangeAddressInput = z.strictObject({ contactPointId: idSchema, config: z.unknown() });

/**
 * Starts a change of address. A verified address stays live until the new one is proven; an
 * unverified one is replaced at once. Earlier challenges end in the same transaction (R10).
 */
export async function changeAddress(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const actor = requirePermission(ctx, "contact_point:own");
  const input = parseInput(ChangeAddressInput, raw);
  const { type, config, address } = await read(actor, input);
  await requireHuman(ctx, "add");
  await refuseForbiddenCountry(actor.institutionId, type, address);
  const sending = await countSend(ctx, { contactPointId: input.contactPointId, type, address });
  try {
    return await inInstitution(actor.institutionId, async (tx) => {
      const before = await lockContactPoint(tx, actor, input.contactPointId);
      refuseSame(type, before, address);
      await refuseTaken(tx, type, before, address);
      const after = await tx.contactPoint.update({ where: whereKey(before), data: changeOf(before, address, plainConfig(type, config)) });
      await audit(tx, actor.institutionId, ctx, {
        action: "contact_point.address_changed",
        object: { type: "contact_point", id: before.id },
        subscriberId: before.subscriberId,
        before: { address: type.mask(before.address) },
        after: { address: type.mask(address), pending: before.verifiedAt !== null },
      });
      await notifyOthers(tx, { contactPoint: before, event: "changed", includeItself: true });
      await issueVerification(tx, ctx, { contactPoint: after, ...sending });
      return toContactPointDto(after, actor);
    });
  } catch (error) {
    throw violatedConstraint(error) === "contact_point_address_key" ? addressTaken(type) : error;
  }
}

async function read(actor: Caller, input: z.output<typeof ChangeAddressInput>) {
  const row = await inInstitution(actor.institutionId, (tx) => findContactPoint(tx, actor, input.contactPointId));
  if (row.lockedAt) {
    throw new AppError("precondition_failed", { reason: "locked" });
  }
  const type = requireContactPointType(row.type);
  const config = parseConfig(type, input.config);
  const address = type.address(config, { subscriberId: row.subscriberId });
  refuseSame(type, row, address);
  return { type, config, address };
}

function refuseSame(type: ContactPointType, row: ContactPoint, address: string): void {
  if (row.address === address) {
    const [name] = Object.keys(type.config.shape);
    throw new AppError("validation", { fields: [{ path: `config.${name ?? ""}`, code: "address_same" }] });
  }
}

async function refuseTaken(tx: Tx, type: ContactPointType, row: ContactPoint, address: string): Promise<void> {
  const { institutionId, subscriberId } = row;
  const taken = await tx.contactPoint.findFirst({
    where: { institutionId, subscriberId, type: row.type, address, deletedAt: null, id: { not: row.id } },
    select: { id: true },
  });
  if (taken) {
    throw addressTaken(type);
  }
}

function changeOf(row: ContactPoint, address: string, config: Prisma.InputJsonObject): Prisma.ContactPointUpdateInput {
  const version = row.lastAddressVersion + 1;
  // a new address starts its own resend ladder; the caps per contact point and destination go on counting
  const common = {
    lastAddressVersion: version,
    sendStep: 1,
    nextSendAt: new Date(Date.now() + (env().limits.resendLadderSec[0] ?? 60) * 1000),
    updatedAt: new Date(),
  };
  return row.verifiedAt
    ? { ...common, pendingAddress: address, pendingConfig: config, pendingAddressVersion: version }
    : { ...common, address, config, addressVersion: version, undeliverableAt: null, undeliverableReason: null };
}

import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { requireContactPointType } from "@/lib/channels/registry";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import { ContactPointRef, lockContactPoint, whereKey } from "@/lib/services/contact-points/internal";
import { voidVerifications } from "@/lib/services/verifications/void";

/** Gives up a change of address: the live address and its proof stay as they were. */
export async function abandonChange(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const before = await lockContactPoint(tx, actor, contactPointId);
    if (before.pendingAddress === null) {
      throw new AppError("precondition_failed", { reason: "noChange" });
    }
    await voidVerifications(tx, actor.institutionId, contactPointId);
    const after = await tx.contactPoint.update({
      where: whereKey(before),
      data: { pendingAddress: null, pendingConfig: Prisma.DbNull, pendingAddressVersion: null, updatedAt: new Date() },
    });
    await audit(tx, actor.institutionId, ctx, {
      action: "contact_point.change_abandoned",
      object: { type: "contact_point", id: contactPointId },
      subscriberId: before.subscriberId,
      before: { address: requireContactPointType(before.type).mask(before.pendingAddress) },
    });
    return toContactPointDto(after, actor);
  });
}

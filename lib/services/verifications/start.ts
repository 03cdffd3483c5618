import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { requireContactPointType } from "@/lib/channels/registry";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { ContactPoint } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import { ContactPointRef, findContactPoint, lockContactPoint } from "@/lib/services/contact-points/internal";
import { requireHuman } from "@/lib/services/limits/require-human";
import { countSend, takeResendStep } from "@/lib/services/verifications/count-send";
import { issueVerification } from "@/lib/services/verifications/issue";

/**
 * Sends a verification message, or another one: a new code, and the one before it ends (R11).
 * Says nothing about whether it will arrive (R16).
 */
export async function startVerification(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  const row = await inInstitution(actor.institutionId, (tx) => findContactPoint(tx, actor, contactPointId));
  refuseNeedless(row);
  await requireHuman(ctx, "resend");
  const type = requireContactPointType(row.type);
  await takeResendStep(actor.institutionId, contactPointId);
  const sending = await countSend(ctx, { contactPointId, type, address: row.pendingAddress ?? row.address });
  return inInstitution(actor.institutionId, async (tx) => {
    const contactPoint = await lockContactPoint(tx, actor, contactPointId);
    refuseNeedless(contactPoint);
    await issueVerification(tx, ctx, { contactPoint, ...sending });
    return toContactPointDto(contactPoint, actor);
  });
}

function refuseNeedless(row: ContactPoint): void {
  if (row.lockedAt) {
    throw new AppError("precondition_failed", { reason: "locked" });
  }
  if (row.verifiedAt && row.pendingAddress === null && row.undeliverableAt === null) {
    throw new AppError("precondition_failed", { reason: "alreadyVerified" });
  }
}

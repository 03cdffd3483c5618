import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { requireContactPointType } from "@/lib/channels/registry";
import { AppError, notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { ContactPoint } from "@/lib/db/generated/client";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import { addressTaken, ContactPointRef, findContactPoint, reachableBy, snapshot } from "@/lib/services/contact-points/internal";

/** Undoes a deletion within `undoSec`. The proof comes back with the row; open challenges do not. */
export async function restoreContactPoint(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  let deleted: ContactPoint | null = null;
  try {
    return await inInstitution(actor.institutionId, async (tx) => {
      deleted = await tx.contactPoint.findFirst({ where: { ...reachableBy(actor), id: contactPointId, deletedAt: { not: null } } });
      if (!deleted) {
        throw notFound();
      }
      const restored = await tx.$executeRaw`
        UPDATE contact_point SET deleted_at = NULL, updated_at = now()
         WHERE institution_id = ${actor.institutionId}::uuid AND id = ${contactPointId}::uuid
           AND deleted_at > now() - make_interval(secs => ${env().limits.undoSec})`;
      if (restored === 0) {
        throw new AppError("precondition_failed", { reason: "undoTooLate" });
      }
      const row = await findContactPoint(tx, actor, contactPointId);
      await audit(tx, actor.institutionId, ctx, {
        action: "contact_point.restored",
        object: { type: "contact_point", id: contactPointId },
        subscriberId: row.subscriberId,
        after: snapshot(row),
      });
      return toContactPointDto(row, actor);
    });
  } catch (error) {
    const row = deleted as ContactPoint | null;
    throw row && violatedConstraint(error) === "contact_point_address_key" ? addressTaken(requireContactPointType(row.type)) : error;
  }
}

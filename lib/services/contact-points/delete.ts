import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { ContactPointRef, lockContactPoint, snapshot } from "@/lib/services/contact-points/internal";
import { notifyOthers } from "@/lib/services/notices/notify-others";
import { voidVerifications } from "@/lib/services/verifications/void";

/** Deletes a contact point. For `undoSec` it can be restored; then housekeeping erases the row. */
export async function deleteContactPoint(ctx: Context, raw: unknown): Promise<{ label: string; undoSec: number }> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const row = await lockContactPoint(tx, actor, contactPointId);
    await voidVerifications(tx, actor.institutionId, contactPointId);
    await tx.$executeRaw`
      UPDATE message SET state = 'cancelled', payload = NULL, finished_at = now()
       WHERE institution_id = ${actor.institutionId}::uuid AND contact_point_id = ${contactPointId}::uuid AND state = 'queued'`;
    await tx.$executeRaw`
      UPDATE contact_point SET deleted_at = now(), updated_at = now()
       WHERE institution_id = ${actor.institutionId}::uuid AND id = ${contactPointId}::uuid`;
    await audit(tx, actor.institutionId, ctx, {
      action: "contact_point.deleted",
      object: { type: "contact_point", id: contactPointId },
      subscriberId: row.subscriberId,
      before: snapshot(row),
    });
    await notifyOthers(tx, { contactPoint: row, event: "deleted" });
    return { label: row.label, undoSec: env().limits.undoSec };
  });
}

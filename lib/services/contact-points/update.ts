import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { ContactPoint } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import type { AuditAction } from "@/lib/services/audit/actions";
import { auditAll } from "@/lib/services/audit/record";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import { CONTACT_POINT_ROW, idSchema, labelSchema, lockContactPoint, snapshot } from "@/lib/services/contact-points/internal";

export const UpdateContactPointInput = z.strictObject({
  contactPointId: idSchema,
  label: labelSchema.optional(),
  enabled: z.boolean().optional(),
  /** Ends a pause with it, for whoever knows "on" and "off" alone. */
  resume: z.literal(true).optional(),
});

/** Its name, and the owner's wish: switching on proves nothing, and may come before the proof (R18). */
export async function updateContactPoint(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId, label, enabled, resume } = parseInput(UpdateContactPointInput, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const before = await lockContactPoint(tx, actor, contactPointId);
    const wanted = { label: label ?? before.label, enabled: enabled ?? before.enabled, pausedUntil: resume ? null : before.pausedUntil };
    const changes = actionsOf(before, wanted);
    if (changes.length === 0) {
      return toContactPointDto(before, actor);
    }
    const told = { object: { type: "contact_point", id: contactPointId }, subscriberId: before.subscriberId };
    const values = { before: snapshot(before), after: snapshot({ ...before, ...wanted }) };
    const [[after]] = await Promise.all([
      tx.$queryRaw<ContactPoint[]>`
        UPDATE contact_point SET label = ${wanted.label}, enabled = ${wanted.enabled}, paused_until = ${wanted.pausedUntil}, updated_at = now()
         WHERE institution_id = ${actor.institutionId}::uuid AND id = ${contactPointId}::uuid RETURNING ${CONTACT_POINT_ROW}`,
      auditAll(
        tx,
        actor.institutionId,
        ctx,
        changes.map((action) => ({ action, ...told, ...values })),
      ),
    ]);
    if (!after) {
      throw notFound();
    }
    return toContactPointDto(after, actor);
  });
}

function actionsOf(before: ContactPoint, wanted: Pick<ContactPoint, "label" | "enabled" | "pausedUntil">): AuditAction[] {
  const actions: AuditAction[] = [];
  if (wanted.label !== before.label) {
    actions.push("contact_point.updated");
  }
  if (wanted.enabled !== before.enabled) {
    actions.push(wanted.enabled ? "contact_point.enabled" : "contact_point.disabled");
  }
  if (wanted.pausedUntil === null && before.pausedUntil !== null && before.pausedUntil > new Date()) {
    actions.push("contact_point.resumed");
  }
  return actions;
}

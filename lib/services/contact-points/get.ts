import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { contactPointType } from "@/lib/channels/registry";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import { ContactPointRef, findContactPoint } from "@/lib/services/contact-points/internal";

export async function getContactPoint(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  return inInstitution(actor.institutionId, async (tx) => toContactPointDto(await findContactPoint(tx, actor, contactPointId), actor));
}

/** The same with what its form starts from when the address is changed; for its owner's eyes alone. */
export async function getContactPointForm(
  ctx: Context,
  raw: unknown,
): Promise<{ contactPoint: ContactPointDto; values: Record<string, string> }> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const row = await findContactPoint(tx, actor, contactPointId);
    const contactPoint = toContactPointDto(row, actor);
    const type = contactPoint.own ? contactPointType(row.type) : undefined;
    return { contactPoint, values: type ? type.toForm((row.pendingConfig ?? row.config) as Record<string, unknown>) : {} };
  });
}

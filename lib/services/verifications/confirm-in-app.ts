import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { ContactPointRef, findContactPoint } from "@/lib/services/contact-points/internal";
import { countAttempt, refuseAttempt, verificationFailed } from "@/lib/services/verifications/attempt";
import { completeVerification } from "@/lib/services/verifications/complete";

/** The confirm button in one's own inbox. Only a challenge that arrived there can be confirmed so. */
export async function confirmInApp(ctx: Context, raw: unknown): Promise<void> {
  const actor = requirePerson(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  const arrived = await inInstitution(actor.institutionId, async (tx) => {
    const row = await findContactPoint(tx, actor, contactPointId);
    if (row.subscriberId !== actor.subscriberId) {
      throw notFound();
    }
    const lines = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM inbox_item b
        JOIN verification v ON v.institution_id = b.institution_id AND v.id = b.verification_id
       WHERE b.institution_id = ${actor.institutionId}::uuid AND b.subscriber_id = ${actor.subscriberId}::uuid
         AND v.contact_point_id = ${contactPointId}::uuid AND v.consumed_at IS NULL AND v.voided_at IS NULL`;
    return lines.length > 0;
  });
  const attempt = arrived ? await countAttempt(actor.institutionId, { contactPointId }) : null;
  if (!attempt) {
    throw verificationFailed();
  }
  if (attempt.kind !== "confirm") {
    return refuseAttempt(ctx, attempt);
  }
  await completeVerification(ctx, attempt, "confirm");
}

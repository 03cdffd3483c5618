import type { Context, MemberActor } from "@/lib/auth/actor";
import { requireContactPointType } from "@/lib/channels/registry";
import { parseEmailAddress } from "@/lib/core/email-address";
import type { Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { notifyOthers } from "@/lib/services/notices/notify-others";
import { voidVerifications } from "@/lib/services/verifications/void";

/**
 * A code that came to the address that a person signs in with proves that address too: their contact point that has it
 * and was not verified is so now. Returns its id, or null where there is none.
 */
export async function proveSignInAddress(tx: Tx, ctx: Context, actor: MemberActor): Promise<string | null> {
  const parsed = parseEmailAddress(actor.email);
  if (!parsed.ok) {
    return null;
  }
  const { institutionId, subscriberId } = actor;
  const [locked] = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT id FROM contact_point
     WHERE institution_id = ${institutionId}::uuid AND subscriber_id = ${subscriberId}::uuid AND type = 'email'
       AND address = ${parsed.value.canonical} AND verified_at IS NULL AND locked_at IS NULL AND deleted_at IS NULL
     LIMIT 1 FOR NO KEY UPDATE`;
  if (!locked) {
    return null;
  }
  await voidVerifications(tx, institutionId, locked.id);
  await tx.$executeRaw`
    UPDATE contact_point SET verified_at = now(), undeliverable_at = NULL, undeliverable_reason = NULL, failed_attempts = 0, send_step = 0,
           next_send_at = NULL, updated_at = now()
     WHERE institution_id = ${institutionId}::uuid AND id = ${locked.id}::uuid`;
  const point = await tx.contactPoint.findUniqueOrThrow({ where: { institutionId_id: { institutionId, id: locked.id } } });
  await audit(tx, institutionId, ctx, {
    action: "contact_point.verified",
    object: { type: "contact_point", id: point.id },
    subscriberId,
    after: { address: requireContactPointType("email").mask(point.address), method: "sender" },
  });
  await notifyOthers(tx, { contactPoint: point, event: "verified" });
  return point.id;
}

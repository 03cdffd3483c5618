import type { Caller } from "@/lib/auth/actor";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { voidSenderVerifications } from "@/lib/services/senders/void";

/**
 * After a change that matters, of one sender or of the account that several stand on: what was proven no longer is what
 * stands there. One that was switched off or has failed stays so until the new settings are proven: meanwhile its
 * messages wait as they did.
 */
export async function raiseRevision(tx: Tx, actor: Caller, of: { senderId: string } | { integrationId: string }): Promise<void> {
  const which = "senderId" in of ? Prisma.sql`id = ${of.senderId}::uuid` : Prisma.sql`integration_id = ${of.integrationId}::uuid`;
  const raised = await tx.$queryRaw<Array<{ id: string }>>`
    UPDATE sender SET revision = revision + 1,
           state = CASE WHEN state IN ('inactive', 'error') THEN state ELSE 'pending' END,
           state_at = CASE WHEN state = 'active' THEN now() ELSE state_at END,
           send_step = 0, next_send_at = NULL, updated_by_id = ${actor.userId}::uuid, updated_at = now()
     WHERE institution_id = ${actor.institutionId}::uuid AND ${which}
    RETURNING id`;
  await voidSenderVerifications(
    tx,
    actor.institutionId,
    raised.map(({ id }) => id),
  );
}

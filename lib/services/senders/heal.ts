import type { Context } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";

/**
 * A good test of the settings in use: the circuit is closed, its history forgotten, and a sender that had been stopped
 * sends again (R49). One that was switched off stays so; of a change that nobody has proven it says nothing.
 * Returns whether it was stopped.
 */
export async function healSender(tx: Tx, ctx: Context, institutionId: string, senderId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<Array<{ name: string; reason: string | null; healed: boolean }>>`
    WITH before AS (
      SELECT id, state_reason AS reason, state = 'error' AS healed FROM sender
       WHERE institution_id = ${institutionId}::uuid AND id = ${senderId}::uuid AND proven_revision = revision FOR NO KEY UPDATE)
    UPDATE sender s SET failure_run = 0, circuit_open_until = NULL, circuit_opened_at = '{}',
           state = CASE WHEN b.healed THEN 'active' ELSE s.state END,
           state_at = CASE WHEN b.healed THEN now() ELSE s.state_at END,
           state_reason = CASE WHEN b.healed THEN NULL ELSE s.state_reason END,
           state_reply = CASE WHEN b.healed THEN NULL ELSE s.state_reply END
      FROM before b WHERE s.institution_id = ${institutionId}::uuid AND s.id = b.id
    RETURNING s.name, b.reason, b.healed`;
  if (!row?.healed) {
    return false;
  }
  await audit(tx, institutionId, ctx, {
    action: "sender.healed",
    object: { type: "sender", id: senderId },
    before: { name: row.name, state: "error", reason: row.reason },
    after: { name: row.name, state: "active" },
  });
  return true;
}

import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { showAddress } from "@/lib/services/contact-points/dto";
import { ContactPointRef, findContactPoint } from "@/lib/services/contact-points/internal";
import { MESSAGE_COLUMNS, type MessageDto, type MessageRow, toMessageDto } from "@/lib/services/messages/dto";

/** What is known of the running verification of a contact point, as data. */
export interface VerificationStatus {
  /** none: nothing to prove · waiting: a code is out · ended: expired, or all attempts used. */
  state: "none" | "waiting" | "ended";
  kind: string | null;
  address: string;
  verified: boolean;
  locked: boolean;
  message: MessageDto | null;
  expiresAt: string | null;
  /** For the owner's own eyes (R16). */
  attemptsLeft: number | null;
  /** When another message may be sent; null means now. */
  resendAt: string | null;
  /** The server's clock, for countdowns. */
  now: string;
}

interface Row {
  now: Date;
  id: string | null;
  kind: string | null;
  expires_at: Date | null;
  attempts_left: number | null;
  live: boolean | null;
  next_send_at: Date | null;
}

export async function getVerificationStatus(ctx: Context, raw: unknown): Promise<VerificationStatus> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const contactPoint = await findContactPoint(tx, actor, contactPointId);
    const own = contactPoint.subscriberId === actor.subscriberId;
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT now() AS now, v.id, v.kind, v.expires_at, greatest(0, v.max_attempts - v.attempts) AS attempts_left,
             v.expires_at > now() AND v.attempts < v.max_attempts AS live,
             CASE WHEN c.next_send_at > now() THEN c.next_send_at END AS next_send_at
        FROM contact_point c
        LEFT JOIN verification v ON v.institution_id = c.institution_id AND v.contact_point_id = c.id
             AND v.consumed_at IS NULL AND v.voided_at IS NULL
       WHERE c.institution_id = ${actor.institutionId}::uuid AND c.id = ${contactPointId}::uuid`;
    const [message] = row?.id
      ? await tx.$queryRaw<MessageRow[]>`
          SELECT ${MESSAGE_COLUMNS} FROM message WHERE institution_id = ${actor.institutionId}::uuid AND verification_id = ${row.id}::uuid
           AND contact_point_id = ${contactPointId}::uuid ORDER BY created_at DESC LIMIT 1`
      : [];
    return {
      state: row?.id ? (row.live ? "waiting" : "ended") : "none",
      kind: row?.kind ?? null,
      address: showAddress(contactPoint.type, contactPoint.pendingAddress ?? contactPoint.address, own),
      verified: contactPoint.verifiedAt !== null && contactPoint.pendingAddress === null,
      locked: contactPoint.lockedAt !== null,
      message: message ? toMessageDto(message) : null,
      expiresAt: row?.expires_at?.toISOString() ?? null,
      attemptsLeft: own ? (row?.attempts_left ?? null) : null,
      resendAt: row?.next_send_at?.toISOString() ?? null,
      now: (row?.now ?? new Date()).toISOString(),
    };
  });
}

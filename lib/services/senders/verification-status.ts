import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { MESSAGE_COLUMNS, type MessageDto, type MessageRow, toMessageDto } from "@/lib/services/messages/dto";
import type { SenderState } from "@/lib/services/senders/dto";
import { SenderRef } from "@/lib/services/senders/fields";
import { findSender } from "@/lib/services/senders/internal";
import { findAddressForProof } from "@/lib/services/senders/own-address";

/** What is known of the running verification of a sender, as data. */
export interface SenderVerificationStatus {
  /** none: no code is out · waiting: one is · ended: expired, or all attempts used. */
  state: "none" | "waiting" | "ended";
  /** Where the code went, or would go, masked; null where the person has no such address yet. */
  address: string | null;
  senderState: SenderState;
  /** The settings as they stand now are proven. */
  proven: boolean;
  message: MessageDto | null;
  expiresAt: string | null;
  /** For whoever asked for the code. */
  attemptsLeft: number | null;
  /** Whether the code that is out went to the one who asks now. */
  own: boolean;
  /** When another code may be sent; null means now. */
  resendAt: string | null;
  /** The server's clock, for countdowns. */
  now: string;
}

interface Row {
  now: Date;
  next_send_at: Date | null;
  id: string | null;
  message_id: string | null;
  masked_address: string | null;
  requested_by_id: string | null;
  expires_at: Date | null;
  attempts_left: number | null;
  live: boolean | null;
}

export async function getSenderVerification(ctx: Context, raw: unknown): Promise<SenderVerificationStatus> {
  const actor = requirePerson(ctx, "sender:write");
  const { senderId } = parseInput(SenderRef, raw);
  const { institutionId } = actor;
  return inInstitution(institutionId, async (tx) => {
    const sender = await findSender(tx, actor, senderId);
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT now() AS now, CASE WHEN s.next_send_at > now() THEN s.next_send_at END AS next_send_at, v.id, v.message_id, v.masked_address,
             v.requested_by_id, v.expires_at, greatest(0, v.max_attempts - v.attempts) AS attempts_left,
             v.expires_at > now() AND v.attempts < v.max_attempts AS live
        FROM sender s
        LEFT JOIN sender_verification v ON v.institution_id = s.institution_id AND v.sender_id = s.id
             AND v.consumed_at IS NULL AND v.voided_at IS NULL
       WHERE s.institution_id = ${institutionId}::uuid AND s.id = ${senderId}::uuid`;
    const [message] = row?.message_id
      ? await tx.$queryRaw<MessageRow[]>`
          SELECT ${MESSAGE_COLUMNS} FROM message WHERE institution_id = ${institutionId}::uuid AND id = ${row.message_id}::uuid`
      : [];
    const own = row?.requested_by_id === actor.userId;
    const wouldGoTo = row?.id ? null : await findAddressForProof(tx, actor, sender.type);
    return {
      state: row?.id ? (row.live ? "waiting" : "ended") : "none",
      address: row?.masked_address ?? wouldGoTo?.masked ?? null,
      senderState: sender.state as SenderState,
      proven: sender.provenRevision === sender.revision,
      message: message ? toMessageDto(message) : null,
      expiresAt: row?.expires_at?.toISOString() ?? null,
      attemptsLeft: own ? (row?.attempts_left ?? null) : null,
      own,
      resendAt: row?.next_send_at?.toISOString() ?? null,
      now: (row?.now ?? new Date()).toISOString(),
    };
  });
}

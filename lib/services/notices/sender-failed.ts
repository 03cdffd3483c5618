import { maskEmail } from "@/lib/core/email-address";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import type { StoppedSender } from "@/lib/services/messages/sender-health";
import { systemContext } from "@/lib/services/messages/system-context";

/** Tells every owner and admin, by the system's sender and in their inbox, that a sender was stopped (R49). */
export async function tellSenderFailed(tx: Tx, institutionId: string, sender: StoppedSender): Promise<void> {
  const { id, name, reason, reply } = sender;
  await audit(tx, institutionId, systemContext(), {
    action: "sender.error",
    object: { type: "sender", id },
    outcome: "failed",
    after: { name, state: "error", reason, ...(reply === null ? {} : { reply }) },
  });
  const people = await tx.$queryRaw<Array<{ subscriberId: string; email: string; locale: string; institutionName: string }>>`
    SELECT m.subscriber_id AS "subscriberId", u.email, coalesce(s.locale, u.locale, i.default_locale) AS locale,
           i.name AS "institutionName"
      FROM membership m
      JOIN institution i ON i.id = m.institution_id
      JOIN subscriber s ON s.institution_id = m.institution_id AND s.id = m.subscriber_id
      JOIN "user" u ON u.id = m.user_id AND u.deleted_at IS NULL
     WHERE m.institution_id = ${institutionId}::uuid AND m.role IN ('owner', 'admin')
     ORDER BY m.id`;
  await tx.inboxItem.createMany({
    data: people.map(({ subscriberId }) => ({
      institutionId,
      id: newId(),
      subscriberId,
      kind: "sender_failed",
      data: { label: name, senderId: id, reason },
    })),
  });
  for (const { subscriberId, email, locale, institutionName } of people) {
    await enqueueMessage(tx, {
      institutionId,
      kind: "sender_alert",
      type: "email",
      maskedAddress: maskEmail(email),
      locale,
      subscriberId,
      payload: {
        kind: "sender_alert",
        to: email,
        institutionName,
        senderName: name,
        reason,
        reply,
        link: `${env().appOrigin}/senders/${id}`,
        at: new Date().toISOString(),
      },
    });
  }
}

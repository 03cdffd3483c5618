import { maskEmail } from "@/lib/core/email-address";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import type { StoppedSender } from "@/lib/services/messages/sender-health";
import { systemContext } from "@/lib/services/messages/system-context";
import { adminsOf, writeToInboxes } from "@/lib/services/notices/admins";

/** Tells every owner and admin, by the system's sender and in their inbox, that a sender was stopped (R49). */
export async function tellSenderFailed(tx: Tx, institutionId: string, sender: StoppedSender): Promise<void> {
  const { id, name, reason, reply } = sender;
  await audit(tx, institutionId, systemContext(), {
    action: "sender.error",
    object: { type: "sender", id },
    outcome: "failed",
    after: { name, state: "error", reason, ...(reply === null ? {} : { reply }) },
  });
  const admins = await adminsOf(tx, institutionId);
  await writeToInboxes(tx, institutionId, admins, { kind: "sender_failed", data: { label: name, senderId: id, reason } });
  for (const { subscriberId, email, locale, institutionName } of admins) {
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

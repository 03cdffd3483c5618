import { contactPointType } from "@/lib/channels/registry";
import { logger } from "@/lib/core/logger";
import type { Outlets } from "@/lib/delivery/outlets";
import type { DeliveryResult } from "@/lib/delivery/result";
import type { ClaimedMessage } from "@/lib/services/messages/claim";

export interface InboxLine {
  kind: string;
  data: Record<string, string>;
  verificationId: string | null;
}

export interface Attempt {
  message: ClaimedMessage;
  result: DeliveryResult;
  /** To be written by the transaction that finishes the message. */
  lines: InboxLine[];
}

/** One attempt to deliver one claimed message, by its type. Never throws. */
export async function deliverMessage(outlets: Outlets, message: ClaimedMessage): Promise<Attempt> {
  const lines: InboxLine[] = [];
  const io = {
    sendMail: outlets.sendMail,
    sendText: outlets.sendText,
    writeInbox: (line: InboxLine) => void lines.push(line),
  };
  const { institutionId, id: messageId, subscriberId, contactPointId, verificationId, locale, reference, payload } = message;
  try {
    const type = contactPointType(message.type);
    const outgoing = { institutionId, messageId, subscriberId, contactPointId, verificationId, locale, reference, payload };
    const result: DeliveryResult = type ? await type.deliver(io, outgoing) : { outcome: "refused", reason: "rejected" };
    return { message, result, lines };
  } catch (error) {
    // A fault of ours, most likely before anything went out; the next version of the program may do better.
    logger.error({ err: error, messageId }, "a message could not be delivered");
    return { message, result: { outcome: "temporary", reason: "temporary" }, lines: [] };
  }
}

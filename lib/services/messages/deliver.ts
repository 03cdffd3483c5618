import type { DeliveryIo } from "@/lib/channels/define";
import { contactPointType } from "@/lib/channels/registry";
import { logger } from "@/lib/core/logger";
import type { Outlets } from "@/lib/delivery/outlets";
import type { DeliveryResult } from "@/lib/delivery/result";
import type { ClaimedMessage } from "@/lib/services/messages/claim";
import type { OpenOutlet, SenderOutlets } from "@/lib/services/messages/sender-outlets";

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
  /** The stored settings of its sender do not open. */
  unreadable?: boolean;
}

type WaysOut = Pick<DeliveryIo, "sendMail" | "sendText">;

/** Nothing went out, and by the next attempt it is clear where it goes. */
const LATER: DeliveryResult = { outcome: "temporary", reason: "temporary" };

/** One attempt to deliver one claimed message, by its type, through its sender or the system's. Never throws. */
export async function deliverMessage(system: Outlets, senders: SenderOutlets, message: ClaimedMessage): Promise<Attempt> {
  const { route } = message;
  try {
    if (route === null) {
      return await attempt(system, message);
    }
    const used = await senders.use(message.institutionId, route, (outlet) => attempt(through(outlet), message));
    return "result" in used ? used.result : { message, result: LATER, lines: [], unreadable: used.failure === "unreadable" };
  } catch (error) {
    // A fault of ours, most likely before anything went out; the next version of the program may do better.
    logger.error({ err: error, messageId: message.id }, "a message could not be delivered");
    return { message, result: LATER, lines: [] };
  }
}

async function attempt(ways: WaysOut, message: ClaimedMessage): Promise<Attempt> {
  const lines: InboxLine[] = [];
  const io = { sendMail: ways.sendMail, sendText: ways.sendText, writeInbox: (line: InboxLine) => void lines.push(line) };
  const { institutionId, id: messageId, subscriberId, contactPointId, verificationId, locale, reference, payload } = message;
  const type = contactPointType(message.type);
  const outgoing = { institutionId, messageId, subscriberId, contactPointId, verificationId, locale, reference, payload };
  const result: DeliveryResult = type ? await type.deliver(io, outgoing) : { outcome: "refused", reason: "rejected" };
  return { message, result, lines };
}

/** A sender that has no address, or no way to send such a thing, is one that nothing can go out through. */
const NO_WAY: DeliveryResult = { outcome: "refused", reason: "sender_rejected" };

function through({ way, fromAddress, fromName, fromNumber, dkim }: OpenOutlet): WaysOut {
  return {
    sendMail: async ({ senderName, ...mail }) => {
      const signed = dkim === undefined ? {} : { dkim };
      return way.sendMail && fromAddress !== null
        ? way.sendMail({ ...mail, ...signed, from: { name: fromName ?? senderName, address: fromAddress } })
        : NO_WAY;
    },
    sendText: async (text) => (way.sendText && fromNumber !== null ? way.sendText({ ...text, from: fromNumber }) : NO_WAY),
  };
}

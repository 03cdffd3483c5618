import type { SenderDetailDto } from "@/lib/services/senders/dto";

/** A sender that mail or texts go out from; push and chat senders keep subscriptions instead. */
export type MessageSender = SenderDetailDto & { type: "email" | "sms" };

export function isMessageSender(sender: SenderDetailDto): sender is MessageSender {
  return sender.type === "email" || sender.type === "sms";
}

import { Status, type Tone } from "@/components/ui/badge";
import type { MessageDto } from "@/lib/services/messages/dto";

const TONE: Record<MessageDto["state"], Tone> = {
  queued: "info",
  sending: "info",
  sent: "good",
  refused: "bad",
  unknown: "warn",
  cancelled: "neutral",
  expired: "warn",
};

type Props = {
  message: MessageDto;
  states: Record<MessageDto["state"], string>;
  reasons: Record<string, string>;
  /** With {reply}. */
  reply: string;
};

/** Where a message stands, why, and what the other side said. */
export function MessageLine({ message, states, reasons, reply }: Props) {
  const reason = message.reason ? reasons[message.reason] : undefined;
  return (
    <Status tone={TONE[message.state]}>
      {states[message.state]}
      {reason && <span className="block text-ink-muted text-sm">{reason}</span>}
      {message.reply && (
        <span className="block break-words font-mono text-ink-muted text-xs">{reply.replace("{reply}", message.reply)}</span>
      )}
    </Status>
  );
}

import { backoffSec } from "@/lib/delivery/backoff";
import { type DeliveryFailure, type DeliveryReason, type DeliveryResult, printable } from "@/lib/delivery/result";
import type { ClaimedMessage } from "@/lib/services/messages/claim";
import { neverWaits } from "@/lib/services/messages/route";
import { isSenderFault } from "@/lib/services/messages/sender-faults";

export interface Settled {
  /** Where the message ends up, unless `retryInSec` still lies within its time. */
  state: "sent" | "refused" | "unknown";
  retryInSec: number | null;
  reason: string | null;
  reply: string | null;
}

/** Refusals that the sender has earned; whoever runs it may mend it while the message lives. */
const OWN_FAULTS: ReadonlySet<string> = new Set(["auth_failed", "sender_rejected"] satisfies DeliveryReason[]);

/** What an attempt's result makes of its message (R70, R71). */
export function settle(message: Pick<ClaimedMessage, "kind" | "type" | "attempt" | "reason" | "route">, result: DeliveryResult): Settled {
  if (result.outcome === "sent") {
    return { state: "sent", retryInSec: null, reason: null, reply: null };
  }
  const reply = result.reply === undefined ? null : printable(result.reply);
  // It may have arrived once already, and a second doubt is not followed by a third copy.
  const doubted = message.reason === "unknown_outcome";
  // whoever tries a sender out is to read what is wrong with it
  const forgiven = message.kind !== "sender_verification" && OWN_FAULTS.has(result.reason);
  const outcome = result.outcome === "refused" && forgiven ? "temporary" : result.outcome;
  switch (outcome) {
    case "refused":
      return { state: "refused", retryInSec: null, reason: result.reason, reply };
    case "temporary":
      return {
        state: doubted ? "unknown" : "refused",
        retryInSec: isRerouted(message, result) ? 0 : backoffSec(message.type, message.attempt),
        reason: doubted ? "unknown_outcome" : result.reason,
        reply,
      };
    case "unknown": {
      const again = message.kind !== "test" && !doubted;
      return { state: "unknown", retryInSec: again ? backoffSec(message.type, message.attempt) : null, reason: "unknown_outcome", reply };
    }
  }
}

/** R49: what never waits goes on at once, and by another way. */
function isRerouted({ kind, route }: Pick<ClaimedMessage, "kind" | "route">, { reason }: DeliveryFailure): boolean {
  return route !== null && neverWaits(kind) && isSenderFault(reason);
}

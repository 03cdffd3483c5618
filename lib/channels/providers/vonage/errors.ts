import type { DeliveryFailure, DeliveryResult } from "@/lib/delivery/result";

type Verdict = Pick<DeliveryFailure, "outcome" | "reason">;
type Part = { status: string; "message-id"?: string | undefined };

const REFUSED = (reason: DeliveryFailure["reason"]): Verdict => ({ outcome: "refused", reason });
const LATER: Verdict = { outcome: "temporary", reason: "temporary" };

/** The status codes of the SMS API. Only a barred or switched-off number is the recipient's own; without credit it may be tried later. */
const BY_STATUS: Record<string, Verdict> = {
  1: LATER,
  4: REFUSED("auth_failed"),
  5: LATER,
  7: REFUSED("recipient_rejected"),
  8: REFUSED("auth_failed"),
  9: LATER,
  10: LATER,
  11: REFUSED("auth_failed"),
  14: REFUSED("auth_failed"),
  15: REFUSED("sender_rejected"),
  32: REFUSED("auth_failed"),
  33: REFUSED("recipient_rejected"),
};

/** A long text is several messages, each with a fate of its own: with one on its way, it is not sure that none went out (R70). */
export function judgeVonage(parts: readonly Part[]): DeliveryResult {
  const refused = parts.filter(({ status }) => status !== "0");
  const [first] = refused;
  const providerReference = parts.find((part) => part.status === "0")?.["message-id"];
  if (!first) return providerReference ? { outcome: "sent", providerReference } : { outcome: "sent" };
  if (refused.length < parts.length) return { outcome: "unknown", reason: "unknown_outcome" };
  return BY_STATUS[first.status] ?? REFUSED("rejected");
}

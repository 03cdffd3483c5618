import type { Tone } from "@/components/ui/badge";
import type { SenderDto } from "@/lib/services/senders/dto";

/** How a sender stands; one word and one tone for each. */
export type Standing = "error" | "unproven" | "changing" | "off" | "struggling" | "active";

export const STANDING_TONE: Record<Standing, Tone> = {
  error: "bad",
  unproven: "warn",
  changing: "warn",
  off: "neutral",
  struggling: "warn",
  active: "good",
};

export function standingOf({ state, sending, health }: Pick<SenderDto, "state" | "sending" | "health">): Standing {
  if (state === "error") return "error";
  if (state === "inactive") return "off";
  if (state === "pending") return sending ? "changing" : "unproven";
  return health.failureRun > 0 || health.circuitOpenUntil !== null ? "struggling" : "active";
}

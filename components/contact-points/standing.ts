import type { Tone } from "@/components/ui/badge";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";

/** How a contact point stands, most pressing first; one word and one tone for each. */
export type Standing = "locked" | "undeliverable" | "unverified" | "changing" | "off" | "paused" | "on";

export const STANDING_TONE: Record<Standing, Tone> = {
  locked: "bad",
  undeliverable: "bad",
  unverified: "warn",
  changing: "warn",
  off: "neutral",
  paused: "info",
  on: "good",
};

export function standingOf(point: ContactPointDto): Standing {
  if (point.locked) return "locked";
  if (point.undeliverableReason) return "undeliverable";
  if (!point.verified) return "unverified";
  if (point.pendingAddress !== null) return "changing";
  if (!point.enabled) return "off";
  return point.pausedUntil ? "paused" : "on";
}

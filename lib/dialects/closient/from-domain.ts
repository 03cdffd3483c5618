import type { z } from "zod";
import { notFound } from "@/lib/core/errors";
import { CHANNEL_TYPES, type Channel } from "@/lib/dialects/closient/schemas";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";

/** What was given as its address is never said again. A type that this API has no word for is not there. */
export function toChannel(point: ContactPointDto): z.output<typeof Channel> {
  const { id, label, verified } = point;
  const type = typeOf(point);
  if (!type) {
    throw notFound();
  }
  return { id, channel_type: type, label, verified, enabled: point.enabled && point.pausedUntil === null };
}

export function toChannels(points: readonly ContactPointDto[]): Array<z.output<typeof Channel>> {
  return points.filter((point) => typeOf(point)).map(toChannel);
}

function typeOf({ type }: ContactPointDto) {
  return CHANNEL_TYPES.find((known) => known === type);
}

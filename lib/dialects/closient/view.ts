import { toChannel } from "@/lib/dialects/closient/from-domain";
import { CHANNEL_TYPES } from "@/lib/dialects/closient/schemas";
import { type ApiView, OPEN } from "@/lib/http/api-view";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";

/** A contact point as this API's clients see it; null: they never do. */
export function closientView(point: ContactPointDto): ApiView | null {
  if (!CHANNEL_TYPES.some((type) => type === point.type)) {
    return null;
  }
  // of somebody else's only the mask is known
  const address = point.own ? point.address.replaceAll(" ", "") : "<address>";
  const field = { email: "email", sms: "phone_number" }[point.type];
  return {
    api: "closient",
    shown: toChannel(point),
    request: {
      method: "POST",
      path: "/notifications/api/v1/notifications/channels",
      headers: { "X-API-Key": OPEN.key },
      body: { channel_type: point.type, label: point.label, config: field ? { [field]: address } : {} },
    },
  };
}

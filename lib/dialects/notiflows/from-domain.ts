import type { z } from "zod";
import { toUlid } from "@/lib/core/ulid";
import type { ChannelSettings, Subscription } from "@/lib/dialects/notiflows/schemas";
import type { OwnSubscriptionDto } from "@/lib/services/subscriptions/dto";
import type { OwnSettingsDto } from "@/lib/services/subscriptions/settings";

export function toSubscription(subscription: OwnSubscriptionDto): z.output<typeof Subscription> {
  const { id, senderId, identifier, settings, createdAt, updatedAt } = subscription;
  return {
    id: toUlid(id),
    channel_id: senderId,
    identifier,
    settings,
    created_at: toSeconds(createdAt),
    updated_at: toSeconds(updatedAt),
  };
}

export function toSettings({ senderId, subscriberId, settings, createdAt, updatedAt }: OwnSettingsDto): z.output<typeof ChannelSettings> {
  return { channel_id: senderId, user_id: subscriberId, settings, created_at: toSeconds(createdAt), updated_at: toSeconds(updatedAt) };
}

/** The vendor's times have no fractions. */
function toSeconds(instant: string): string {
  return instant.replace(/\.\d+Z$/, "Z");
}

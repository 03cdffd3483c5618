import { chat } from "@/lib/channels/subscriptions/chat";
import type { SubscriptionType } from "@/lib/channels/subscriptions/define";
import { webPush } from "@/lib/channels/subscriptions/web-push";

/** Every kind of subscription there is, by the type of its sender. */
const SUBSCRIPTION_TYPES = [webPush, chat] as unknown as readonly SubscriptionType[];

/** What subscriptions of such a sender hold; undefined for senders that have none. */
export function subscriptionType(senderType: string): SubscriptionType | undefined {
  return SUBSCRIPTION_TYPES.find(({ id }) => id === senderType);
}
